import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { CSSProperties } from 'react';
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ColumnDef } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { cx } from '../internal/cx.ts';
import { useLatest } from '../internal/use-latest.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { GridRow } from './GridRow.tsx';
import { HeaderCell } from './HeaderCell.tsx';
import { SortBy } from './SortBy.tsx';
import type { GridColumn, GridSort } from './types.ts';
import { useGridKeyboard } from './use-grid-keyboard.ts';
import type { GridPlace } from './use-grid-keyboard.ts';
import { useRowHeight } from './use-row-height.ts';
import styles from './DataGrid.module.css';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
  rowSelectionFeature,
});

/** Which rows are chosen, by identifier. */
export interface GridSelection {
  readonly selectedIds: readonly string[];
  readonly onSelectedIdsChange: (ids: readonly string[]) => void;
}

export interface DataGridProps<Row extends object> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What a row is called, for the label of its box. */
  readonly rowName: (row: Row) => string;
  readonly sort?: GridSort | null | undefined;
  readonly onSortChange?: ((sort: GridSort) => void) | undefined;
  /** `rows` come in order already: sort only says which, and nothing is sorted here. */
  readonly sortedElsewhere?: boolean | undefined;
  readonly hiddenColumns?: readonly string[] | undefined;
  readonly selection?: GridSelection | undefined;
  /** From so many rows on only what is in view is drawn, in a box that scrolls. */
  readonly virtualFrom?: number | undefined;
  /** Height of that box; any CSS length. */
  readonly maxHeight?: string | undefined;
  readonly className?: string | undefined;
}

/** Height of the header that stays in view, in pixels; the sheet has it too. */
const headHeight = 41;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What has no value comes before what has one: a key that was never used is the least recently used. */
function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

/**
 * A table that is worked by keyboard like a spreadsheet, holds a hundred thousand rows, and draws each
 * row as a card where it is narrow. `KeysTable` and `ExternalKeysTable` are made of it.
 */
export function DataGrid<Row extends object>(props: DataGridProps<Row>) {
  const { label, columns, rows, rowId, rowName, sort, onSortChange, selection, className } = props;
  const {
    sortedElsewhere = false,
    hiddenColumns,
    virtualFrom = 120,
    maxHeight = 'min(70dvh, 760px)',
  } = props;
  const { messages } = useLatchkey();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, Row> => ({
        id: column.id,
        accessorFn: (row) => column.sortValue?.(row) ?? undefined,
        enableSorting: column.sortValue !== undefined || sortedElsewhere,
        sortUndefined: 'last',
        sortFn: (a, b) =>
          compare(column.sortValue?.(a.original) ?? null, column.sortValue?.(b.original) ?? null),
      })),
    [columns, sortedElsewhere],
  );

  const selectedIds = selection?.selectedIds;
  const state = useMemo(
    () => ({
      sorting: sort ? [{ id: sort.column, desc: sort.order === 'desc' }] : [],
      columnVisibility: Object.fromEntries((hiddenColumns ?? []).map((id) => [id, false])),
      rowSelection: Object.fromEntries((selectedIds ?? []).map((id) => [id, true as const])),
    }),
    [sort, hiddenColumns, selectedIds],
  );

  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowId,
    manualSorting: sortedElsewhere,
    state,
    onRowSelectionChange: (updater) => {
      const next = typeof updater === 'function' ? updater(state.rowSelection) : updater;
      selection?.onSelectedIdsChange(Object.keys(next));
    },
  });

  const visible = useMemo(() => {
    const hidden = new Set(hiddenColumns);
    return columns.filter((column) => !hidden.has(column.id));
  }, [columns, hiddenColumns]);
  const model = table.getRowModel().rows;
  const virtual = model.length >= virtualFrom;
  const rowHeight = useRowHeight(scroller);
  const focusedRef = useRef<GridPlace | null>(null);
  // The row that has the focus stays drawn when it is scrolled out of view: taken out of the document
  // it would lose the focus, or drag the scroll back to itself.
  const rangeExtractor = useCallback((range: Range) => {
    const inView = defaultRangeExtractor(range);
    const held = focusedRef.current?.row ?? -1;
    const [first = 0] = inView;
    if (held < 0 || held >= range.count || inView.includes(held)) return inView;
    return held < first ? [held, ...inView] : [...inView, held];
  }, []);
  // A new function would have the virtualizer measure all rows anew, at each frame of scrolling.
  const getItemKey = useCallback((index: number) => model[index]?.id ?? index, [model]);
  const virtualizer = useVirtualizer({
    count: model.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: () => rowHeight,
    overscan: 8,
    rangeExtractor,
    scrollPaddingEnd: headHeight,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const keyboard = useGridKeyboard({
    grid,
    rowCount: model.length,
    focusedRef,
    scrollToRow: (index) => {
      if (virtual) virtualizer.scrollToIndex(index);
    },
    pageLength: () => {
      const height = (virtual && scroller.current?.clientHeight) || 0;
      return height > 0 ? Math.max(1, Math.floor((height - headHeight) / rowHeight)) : 10;
    },
  });

  const tracks = [selection ? '44px' : null, ...visible.map((column) => column.width)];
  const frame = {
    '--grid-tracks': tracks.filter((track) => track !== null).join(' '),
    ...(virtual ? { maxBlockSize: maxHeight } : {}),
  } as CSSProperties;
  const allSelected = table.getIsAllRowsSelected();
  const someSelected = !allSelected && model.some((row) => row.getIsSelected());
  const sortable = (column: GridColumn<Row>) =>
    onSortChange !== undefined && column.sortValue !== undefined;

  // Rows draw anew only when they change, so what they are given has to stay the same.
  const toggleRow = useLatest((id: string, on: boolean) => table.getRow(id).toggleSelected(on));
  const drawRow = (index: number, offset: number | null) => {
    const row = model[index];
    if (!row) return null;
    return (
      <GridRow
        key={row.id}
        measure={virtual ? virtualizer.measureElement : undefined}
        id={row.id}
        index={index}
        offset={offset}
        row={row.original}
        name={rowName(row.original)}
        columns={visible}
        selected={selection ? row.getIsSelected() : undefined}
        onSelectedChange={toggleRow}
      />
    );
  };

  return (
    <div
      ref={scroller}
      className={cx(styles.frame, className)}
      data-virtual={virtual ? '' : undefined}
      style={frame}
    >
      {onSortChange && visible.some(sortable) && (
        <SortBy
          columns={visible.filter(sortable)}
          sort={sort ?? null}
          onSortChange={onSortChange}
        />
      )}
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={model.length + 1}
        aria-colcount={visible.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        className={styles.grid}
        {...keyboard}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row} data-grid-header="">
            {selection && (
              <div role="columnheader" className={styles.cell}>
                <Checkbox
                  label={messages.table.selectAll}
                  hideLabel
                  checked={allSelected || (someSelected ? 'indeterminate' : false)}
                  onCheckedChange={(on) => table.toggleAllRowsSelected(on)}
                />
              </div>
            )}
            {visible.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                sort={sort?.column === column.id ? sort : null}
                onSortChange={sortable(column) ? onSortChange : undefined}
              />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.body}
          style={virtual ? { blockSize: virtualizer.getTotalSize() } : undefined}
        >
          {virtual
            ? virtualizer.getVirtualItems().map((item) => drawRow(item.index, item.start))
            : model.map((_, index) => drawRow(index, null))}
        </div>
      </div>
    </div>
  );
}
