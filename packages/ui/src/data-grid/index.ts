export { DataGrid } from './DataGrid.tsx';
export type { DataGridProps, GridSelection } from './DataGrid.tsx';
export type { GridColumn, GridSort } from './types.ts';
