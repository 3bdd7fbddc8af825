export { KeysTable } from './KeysTable.tsx';
export type {
  CollectionView,
  KeysColumn,
  KeysSort,
  KeysSortColumn,
  KeysTableProps,
} from './KeysTable.tsx';
export type { BulkAction } from './BulkBar.tsx';
export { useSelectedKeys } from './use-selected-keys.ts';
export type { SelectedKeys } from './use-selected-keys.ts';
export { focusKebab } from './focus.ts';
export { ColumnsMenu } from './ColumnsMenu.tsx';
export type { ColumnsMenuProps } from './ColumnsMenu.tsx';
export { KeyMenu } from './KeyMenu.tsx';
export type { KeyMenuProps } from './KeyMenu.tsx';
