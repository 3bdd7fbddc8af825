import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { SearchX } from 'lucide-react';
import { keyActions } from '../api-key/actions.ts';
import type { KeyAction } from '../api-key/actions.ts';
import { tokenOf } from '../api-key/rules.ts';
import type { ApiKey } from '../api-key/types.ts';
import { DataGrid } from '../data-grid/DataGrid.tsx';
import type { GridColumn, GridSort } from '../data-grid/types.ts';
import { EmptyState, ErrorState, ForbiddenState } from '../empty-state/EmptyState.tsx';
import { cx } from '../internal/cx.ts';
import type { RootProps } from '../internal/root-props.ts';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { useLatest } from '../internal/use-latest.ts';
import { RoleList } from '../role-list/RoleList.tsx';
import { KeyStatusBadges } from '../status-badge/StatusBadge.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { BulkBar } from './BulkBar.tsx';
import type { BulkAction } from './BulkBar.tsx';
import { focusAfterBulk, focusKebab } from './focus.ts';
import { GridSkeleton } from './GridSkeleton.tsx';
import { KeyCell } from './KeyCell.tsx';
import type { KeyLinking } from './KeyCell.tsx';
import { KeyMenu } from './KeyMenu.tsx';
import { KeptFocus } from './KeptFocus.tsx';
import styles from './KeysTable.module.css';

export type KeysSortColumn = 'name' | 'createdAt' | 'lastUsedAt' | 'status';
export type KeysSort = GridSort<KeysSortColumn>;

/** Columns that a person can hide. */
export type KeysColumn = 'roles' | 'createdAt' | 'lastUsedAt' | 'status';

/** What became of loading the list. */
export type CollectionView =
  | { readonly state: 'ready' }
  | { readonly state: 'loading' }
  | {
      readonly state: 'error';
      readonly message?: string | undefined;
      readonly onRetry?: (() => void) | undefined;
    }
  | { readonly state: 'forbidden' };

interface KeysTableOptions extends KeyLinking, RootProps {
  readonly keys: readonly ApiKey[];
  /** `ready` when absent. */
  readonly view?: CollectionView | undefined;
  /** True when a search or filter is on: nothing found then reads differently from nothing there. */
  readonly filtered?: boolean | undefined;
  /** What to do when there are no keys yet, such as a button to generate one. */
  readonly emptyAction?: ReactNode;
  /** What to do when nothing matches, such as a button to clear the filters. */
  readonly noResultAction?: ReactNode;
  readonly hiddenColumns?: readonly KeysColumn[] | undefined;
  /** What the person may do and the product can do; everything but `open` when absent. */
  readonly allowedActions?: readonly KeyAction[] | undefined;
  /**
   * An action was chosen in the menu of a key. Hold the dialog outside of the table, and give it the
   * last argument as `returnFocusTo`.
   */
  readonly onAction?:
    | ((action: KeyAction, apiKey: ApiKey, returnFocusTo: () => HTMLElement | null) => void)
    | undefined;
  /** With it, rows can be selected. */
  readonly bulkActions?: readonly BulkAction[] | undefined;
  /**
   * Of the selected keys, those on other pages among them: `useSelectedKeys` remembers them. A dialog
   * takes the last argument as `returnFocusTo`.
   */
  readonly onBulkAction?:
    | ((
        action: BulkAction,
        ids: readonly string[],
        returnFocusTo: () => HTMLElement | null,
      ) => void)
    | undefined;
  readonly label?: string | undefined;
  /** Height of the box that scrolls when there are more than 120 rows. */
  readonly maxHeight?: string | undefined;
}

/**
 * With `sort` the keys come in that order already (from a server); without it they are sorted here.
 * `selectedIds` are of use where there are `bulkActions`.
 */
export type KeysTableProps = KeysTableOptions &
  Controllable<'sort', KeysSort> &
  Controllable<'selectedIds', readonly string[]>;

const noSelection: readonly string[] = [];
const allButOpen = keyActions.filter((action) => action !== 'open');

function time(value: string | null): number | null {
  return value === null ? null : Date.parse(value);
}

/**
 * The keys of an account: name, roles, dates, status and a menu, sorted, selected and worked by
 * keyboard; up to 100,000 rows, and cards where it is narrow.
 */
export function KeysTable(props: KeysTableProps) {
  const { keys, keyHref, onAction, allowedActions = allButOpen, ...rest } = props;
  const { view = { state: 'ready' }, filtered = false, hiddenColumns, onOpenKey, ...more } = rest;
  const { bulkActions, onBulkAction, emptyAction, noResultAction, maxHeight, ...others } = more;
  const { sort: givenSort, defaultSort, onSortChange, ...unsorted } = others;
  const { selectedIds: given, defaultSelectedIds, onSelectedIdsChange, ...root } = unsorted;
  const { messages, format } = useLatchkey();
  const { label = messages.table.label, className, ...native } = root;
  const [sort, setSort] = useControlled<KeysSort | null>(
    givenSort,
    defaultSort ?? null,
    (next) => next !== null && onSortChange?.(next),
  );
  const [selectedIds, setSelectedIds] = useControlled(
    given,
    defaultSelectedIds ?? noSelection,
    onSelectedIdsChange,
  );
  const act = useLatest((action: KeyAction, apiKey: ApiKey) =>
    onAction?.(action, apiKey, () => focusKebab(apiKey.id)),
  );
  const openKey = useLatest((apiKey: ApiKey) => onOpenKey?.(apiKey));
  const opens = onOpenKey !== undefined;
  const acts = onAction !== undefined;

  const columns = useMemo((): readonly GridColumn<ApiKey>[] => {
    const words = messages.table;
    const data: GridColumn<ApiKey>[] = [
      {
        id: 'name',
        header: words.key,
        width: 'minmax(168px, 2.4fr)',
        card: 'title',
        sortValue: (key) => key.name,
        cell: (key) => (
          <KeyCell apiKey={key} keyHref={keyHref} onOpenKey={opens ? openKey : undefined} />
        ),
      },
      {
        id: 'roles',
        header: words.roles,
        width: 'minmax(120px, 1.8fr)',
        cell: (key) => <RoleList roles={key.roles} />,
      },
      {
        id: 'createdAt',
        header: words.created,
        // As wide as the longest date of our languages: `20 de mar. de 2026`.
        width: 'minmax(160px, 0.9fr)',
        firstOrder: 'desc',
        sortValue: (key) => time(key.createdAt),
        cell: (key) => (
          <time
            className={styles.time}
            dateTime={key.createdAt}
            title={format.dateTime(key.createdAt)}
          >
            {format.date(key.createdAt)}
          </time>
        ),
      },
      {
        id: 'lastUsedAt',
        header: words.lastUsed,
        width: 'minmax(124px, 0.9fr)',
        firstOrder: 'desc',
        sortValue: (key) => time(key.lastUsedAt),
        cell: (key) =>
          key.lastUsedAt === null ? (
            <span className={styles.quiet}>{words.neverUsed}</span>
          ) : (
            <time
              className={styles.time}
              dateTime={key.lastUsedAt}
              title={format.dateTime(key.lastUsedAt)}
            >
              {format.relative(key.lastUsedAt)}
            </time>
          ),
      },
      {
        id: 'status',
        header: words.status,
        // As wide as "Pending deletion – old token" in our languages.
        width: 'minmax(264px, 1.7fr)',
        sortValue: (key) => key.status,
        cell: (key) => <StatusCell apiKey={key} />,
      },
    ];
    if (!acts) return data;
    return [
      ...data,
      {
        id: 'actions',
        header: words.actions,
        hideHeader: true,
        width: '56px',
        card: 'corner',
        cell: (key) => (
          <KeyMenu apiKey={key} allowed={allowedActions} onAction={(action) => act(action, key)} />
        ),
      },
    ];
  }, [messages, format, keyHref, opens, acts, allowedActions, act, openKey]);

  const changeSort = (next: GridSort) => {
    setSort({ column: next.column as KeysSortColumn, order: next.order });
  };

  const elsewhere = useMemo(() => {
    const selected = new Set(selectedIds);
    return selected.size - keys.filter(({ id }) => selected.has(id)).length;
  }, [keys, selectedIds]);

  const instead = () => {
    if (view.state === 'error') {
      return <ErrorState onRetry={view.onRetry}>{view.message}</ErrorState>;
    }
    if (view.state === 'forbidden') return <ForbiddenState />;
    if (!filtered) {
      return (
        <EmptyState title={messages.states.emptyTitle} action={emptyAction}>
          {messages.states.emptyText}
        </EmptyState>
      );
    }
    return (
      <EmptyState
        icon={<SearchX size={24} aria-hidden />}
        title={messages.states.noResultTitle}
        action={noResultAction}
      >
        {messages.states.noResultText}
      </EmptyState>
    );
  };

  const drawTable = () => (
    <>
      <DataGrid
        label={label}
        columns={columns}
        rows={keys}
        rowId={keyId}
        rowName={keyName}
        sort={sort}
        onSortChange={changeSort}
        sortedElsewhere={givenSort !== undefined}
        hiddenColumns={hiddenColumns}
        selection={bulkActions && { selectedIds, onSelectedIdsChange: setSelectedIds }}
        maxHeight={maxHeight}
      />
      {bulkActions && selectedIds.length > 0 && (
        <BulkBar
          count={selectedIds.length}
          elsewhere={elsewhere}
          actions={bulkActions}
          onAction={(action, pressed) =>
            onBulkAction?.(action, selectedIds, () => focusAfterBulk(pressed))
          }
          onClear={() => setSelectedIds(noSelection)}
        />
      )}
    </>
  );

  if (view.state === 'loading') {
    return <GridSkeleton {...native} className={className} label={label} />;
  }
  return (
    <KeptFocus {...native} className={cx(styles.table, className)}>
      {view.state === 'ready' && keys.length > 0 ? (
        drawTable()
      ) : (
        <div className={styles.box}>{instead()}</div>
      )}
    </KeptFocus>
  );
}

const keyId = (key: ApiKey) => key.id;
const keyName = (key: ApiKey) => key.name;

/** Status, and while a renewal is pending the age of both tokens. */
function StatusCell({ apiKey }: { readonly apiKey: ApiKey }) {
  const { messages, format } = useLatchkey();
  const current = tokenOf(apiKey, 'current');
  const old = tokenOf(apiKey, 'old');
  return (
    <div className={styles.status}>
      <KeyStatusBadges apiKey={apiKey} />
      {apiKey.renewal && current && old && (
        <span className={styles.ages}>
          {messages.table.tokens(
            format.relative(current.createdAt),
            format.relative(old.createdAt),
          )}
        </span>
      )}
      {apiKey.renewal?.completeAt && (
        <span className={styles.ages}>
          {messages.table.scheduled(format.relative(apiKey.renewal.completeAt))}
        </span>
      )}
    </div>
  );
}
