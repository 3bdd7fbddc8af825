import { memo } from 'react';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { GridColumn } from './types.ts';
import styles from './DataGrid.module.css';

interface GridRowProps<Row> {
  readonly id: string;
  readonly index: number;
  /** Where it stands in a virtual table, in pixels; null where rows just follow each other. */
  readonly offset: number | null;
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
  readonly row: Row;
  readonly name: string;
  readonly columns: readonly GridColumn<Row>[];
  /** Undefined where rows cannot be selected. */
  readonly selected: boolean | undefined;
  readonly onSelectedChange: (id: string, on: boolean) => void;
}

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { id, index, offset, measure, row, name, columns, selected, onSelectedChange } = props;
  const { messages } = useLatchkey();
  return (
    <div
      ref={measure}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      data-grid-row={index}
      data-index={index}
      data-row-id={id}
      style={offset === null ? undefined : { transform: `translateY(${offset}px)` }}
    >
      {selected !== undefined && (
        <div role="gridcell" className={styles.cell} data-card="lead">
          <Checkbox
            label={messages.table.selectRow(name)}
            hideLabel
            checked={selected}
            onCheckedChange={(on) => onSelectedChange(id, on)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          className={styles.cell}
          data-card={column.card ?? 'line'}
          data-column={column.id}
        >
          <span className={styles.cardLabel} aria-hidden>
            {column.header}
          </span>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** One row, drawn anew only when its own data changes. */
// `memo` forgets that the component is generic.
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
