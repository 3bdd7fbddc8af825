export { ExternalKeysTable } from './ExternalKeysTable.tsx';
export type { ExternalKeyAction, ExternalKeysTableProps } from './ExternalKeysTable.tsx';
