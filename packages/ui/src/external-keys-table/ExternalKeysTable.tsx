import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import { externalKeyName, ownerName } from '../api-key/rules.ts';
import type { ExternalKey } from '../api-key/types.ts';
import { DataGrid } from '../data-grid/DataGrid.tsx';
import type { GridColumn, GridSort } from '../data-grid/types.ts';
import { EmptyState, ErrorState, ForbiddenState } from '../empty-state/EmptyState.tsx';
import { cx } from '../internal/cx.ts';
import type { RootProps } from '../internal/root-props.ts';
import { useLatest } from '../internal/use-latest.ts';
import { KebabMenu } from '../kebab-menu/KebabMenu.tsx';
import { focusKebab } from '../keys-table/focus.ts';
import { GridSkeleton } from '../keys-table/GridSkeleton.tsx';
import { KeptFocus } from '../keys-table/KeptFocus.tsx';
import type { CollectionView } from '../keys-table/KeysTable.tsx';
import keys from '../keys-table/KeysTable.module.css';
import { RoleList } from '../role-list/RoleList.tsx';
import { StatusBadge } from '../status-badge/StatusBadge.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './ExternalKeysTable.module.css';

export type ExternalKeyAction = 'editRoles' | 'remove';

export interface ExternalKeysTableProps extends RootProps {
  readonly externalKeys: readonly ExternalKey[];
  readonly view?: CollectionView | undefined;
  readonly emptyAction?: ReactNode;
  readonly allowedActions?: readonly ExternalKeyAction[] | undefined;
  readonly onAction?:
    | ((
        action: ExternalKeyAction,
        externalKey: ExternalKey,
        returnFocusTo: () => HTMLElement | null,
      ) => void)
    | undefined;
  readonly label?: string | undefined;
}

const bothActions: readonly ExternalKeyAction[] = ['editRoles', 'remove'];

/** The keys of other accounts that have roles in this one. */
export function ExternalKeysTable(props: ExternalKeysTableProps) {
  const { externalKeys, emptyAction, allowedActions = bothActions, onAction, ...rest } = props;
  const { view = { state: 'ready' }, label: given, className, ...native } = rest;
  const { messages, format } = useLatchkey();
  const label = given ?? messages.table.externalLabel;
  const [sort, setSort] = useState<GridSort | null>(null);
  const acts = onAction !== undefined && allowedActions.length > 0;
  const act = useLatest((action: ExternalKeyAction, key: ExternalKey) =>
    onAction?.(action, key, () => focusKebab(key.id)),
  );

  const columns = useMemo((): readonly GridColumn<ExternalKey>[] => {
    const words = messages.table;
    const data: GridColumn<ExternalKey>[] = [
      {
        id: 'name',
        header: words.keyAndOwner,
        width: 'minmax(200px, 2.4fr)',
        card: 'title',
        sortValue: externalKeyName,
        cell: (key) => <KeyAndOwner externalKey={key} />,
      },
      {
        id: 'roles',
        header: words.roles,
        width: 'minmax(160px, 2fr)',
        cell: (key) => <RoleList roles={key.roles} />,
      },
      {
        id: 'addedAt',
        header: words.addedOn,
        width: 'minmax(140px, 1fr)',
        firstOrder: 'desc',
        sortValue: (key) => Date.parse(key.addedAt),
        cell: (key) => (
          <time className={keys.time} dateTime={key.addedAt} title={format.dateTime(key.addedAt)}>
            {format.date(key.addedAt)}
          </time>
        ),
      },
      {
        id: 'status',
        header: words.status,
        width: 'minmax(140px, 1fr)',
        sortValue: (key) => key.status,
        cell: (key) => <StatusBadge status={key.status} />,
      },
    ];
    if (!acts) return data;
    const items = [
      {
        id: 'editRoles',
        label: messages.actions.editRoles,
        icon: <Pencil size={16} aria-hidden />,
      },
      {
        id: 'remove',
        label: messages.actions.remove,
        icon: <Trash2 size={16} aria-hidden />,
        tone: 'danger',
        separated: true,
      },
    ] as const;
    return [
      ...data,
      {
        id: 'actions',
        header: words.actions,
        hideHeader: true,
        width: '56px',
        card: 'corner',
        cell: (key) => (
          <KebabMenu<ExternalKeyAction>
            label={messages.common.actionsFor(externalKeyName(key))}
            kebabId={key.id}
            items={items.filter((item) => allowedActions.includes(item.id))}
            onAction={(action) => act(action, key)}
          />
        ),
      },
    ];
  }, [messages, format, acts, allowedActions, act]);

  function instead(state: CollectionView) {
    if (state.state === 'error') {
      return <ErrorState onRetry={state.onRetry}>{state.message}</ErrorState>;
    }
    if (state.state === 'forbidden') return <ForbiddenState />;
    return (
      <EmptyState title={messages.states.externalEmptyTitle} action={emptyAction}>
        {messages.states.externalEmptyText}
      </EmptyState>
    );
  }

  if (view.state === 'loading') {
    return <GridSkeleton {...native} className={className} label={label} />;
  }
  return (
    <KeptFocus {...native} className={cx(keys.table, className)}>
      {view.state === 'ready' && externalKeys.length > 0 ? (
        <DataGrid
          label={label}
          columns={columns}
          rows={externalKeys}
          rowId={externalKeyId}
          rowName={externalKeyName}
          sort={sort}
          onSortChange={setSort}
        />
      ) : (
        <div className={keys.box}>{instead(view)}</div>
      )}
    </KeptFocus>
  );
}

const externalKeyId = (key: ExternalKey) => key.id;

function KeyAndOwner({ externalKey }: { readonly externalKey: ExternalKey }) {
  const { name, key } = externalKey;
  const owner = ownerName(externalKey);
  const identifier = (
    <span className={keys.identifier} dir="ltr">
      {key}
    </span>
  );
  if (name === null) {
    return (
      <div className={keys.keyWords}>
        <span className={keys.name} title={owner}>
          <bdi>{owner}</bdi>
        </span>
        {identifier}
      </div>
    );
  }
  return (
    <div className={keys.keyWords}>
      <span className={styles.nameAndOwner} title={`${name} · ${owner}`}>
        <span className={styles.parts}>
          <span className={cx(styles.part, keys.name)}>
            <bdi>{name}</bdi>
          </span>{' '}
          <span className={cx(styles.part, styles.owner)}>
            <bdi>{owner}</bdi>
          </span>
        </span>
      </span>
      {identifier}
    </div>
  );
}
