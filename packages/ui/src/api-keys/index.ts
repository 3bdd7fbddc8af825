export { ApiKeys } from './ApiKeys.tsx';
export type { ApiKeysProps } from './ApiKeys.tsx';
export { missingMethods } from './source.ts';
export type { ApiKeysDataSource, Capability, KeyPage, KeyQuery, KeySettings } from './source.ts';
