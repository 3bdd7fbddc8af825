import type { ReactNode } from 'react';

export interface GridSort<Column extends string = string> {
  readonly column: Column;
  readonly order: 'asc' | 'desc';
}

export interface GridColumn<Row, Id extends string = string> {
  readonly id: Id;
  readonly header: string;
  /** Keeps the header for screen readers only. */
  readonly hideHeader?: boolean | undefined;
  /** A track of CSS grid, such as `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  /** What to sort by; null comes last in either order. Without it the column does not sort here. */
  readonly sortValue?: ((row: Row) => string | number | null) | undefined;
  /** Order of the first press on the header. */
  readonly firstOrder?: 'asc' | 'desc' | undefined;
  /** Where the cell goes when a row is drawn as a card; `line` with its header beside it. */
  readonly card?: 'lead' | 'title' | 'corner' | 'line' | undefined;
}
