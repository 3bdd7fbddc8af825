import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { GridSort } from './types.ts';
import styles from './DataGrid.module.css';

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

interface Heading {
  readonly id: string;
  readonly header: string;
  readonly hideHeader?: boolean | undefined;
  readonly firstOrder?: 'asc' | 'desc' | undefined;
}

/** The head of a column; a button where the column sorts. */
export function HeaderCell(props: {
  readonly column: Heading;
  /** Set when the table is sorted by this column. */
  readonly sort: GridSort | null;
  readonly onSortChange: ((sort: GridSort) => void) | undefined;
}) {
  const { column, sort, onSortChange } = props;
  if (!onSortChange) {
    return (
      <div role="columnheader" className={styles.cell}>
        <span className={column.hideHeader ? 'lk-visually-hidden' : undefined}>
          {column.header}
        </span>
      </div>
    );
  }
  const Icon = { none: ArrowUpDown, asc: ArrowUp, desc: ArrowDown }[sort?.order ?? 'none'];
  const next = sort ? (sort.order === 'asc' ? 'desc' : 'asc') : (column.firstOrder ?? 'asc');
  return (
    <div
      role="columnheader"
      className={styles.cell}
      aria-sort={sort ? ariaSort[sort.order] : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        data-sorted={sort ? '' : undefined}
        onClick={() => onSortChange({ column: column.id, order: next })}
      >
        {column.header}
        <Icon size={14} aria-hidden />
      </button>
    </div>
  );
}
