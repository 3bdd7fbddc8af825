import { ArrowUpDown, ChevronDown } from 'lucide-react';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { GridSort } from './types.ts';
import styles from './DataGrid.module.css';

/** Sorts where rows are cards and there are no headers to press. */
export function SortBy(props: {
  readonly columns: readonly { readonly id: string; readonly header: string }[];
  readonly sort: GridSort | null;
  readonly onSortChange: (sort: GridSort) => void;
}) {
  const { columns, sort, onSortChange } = props;
  const { messages } = useLatchkey();
  const words = messages.table;
  const options = columns.flatMap(({ id, header }) =>
    (['asc', 'desc'] as const).map((order) => ({
      sort: { column: id, order },
      value: `${id} ${order}`,
      label: words.sorted(header, order),
    })),
  );
  // The browser's own: on the small screens that it is for, it opens as the system's picker does.
  return (
    <div className={styles.sortBy}>
      <ArrowUpDown size={14} aria-hidden />
      <select
        aria-label={words.sortBy}
        value={sort ? `${sort.column} ${sort.order}` : ''}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value);
          if (chosen) onSortChange(chosen.sort);
        }}
      >
        {!sort && <option value="">{words.sortBy}</option>}
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown size={16} aria-hidden />
    </div>
  );
}
