export { createApiKeysSource } from './api-keys-source.ts';
export type { ApiKeysClient } from './api-keys-source.ts';
