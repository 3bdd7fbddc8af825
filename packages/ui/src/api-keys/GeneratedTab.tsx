import { useMemo, useState } from 'react';
import { Download, Plus } from 'lucide-react';
import type { KeyAction } from '../api-key/actions.ts';
import { Button } from '../button/Button.tsx';
import { Filters, noFilters } from '../filters/Filters.tsx';
import { GenerateKeyDialog } from '../generate-key-dialog/GenerateKeyDialog.tsx';
import type { BulkAction } from '../keys-table/BulkBar.tsx';
import { ColumnsMenu } from '../keys-table/ColumnsMenu.tsx';
import { KeysTable } from '../keys-table/KeysTable.tsx';
import type { KeysColumn } from '../keys-table/KeysTable.tsx';
import { useSelectedKeys } from '../keys-table/use-selected-keys.ts';
import { Toolbar } from '../layout/Page.tsx';
import { Pagination } from '../pagination/Pagination.tsx';
import { SearchField } from '../search-field/SearchField.tsx';
import { useOptionalToast } from '../toast/Toast.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { KeyDialogs } from './KeyDialogs.tsx';
import type { Asked } from './KeyDialogs.tsx';
import type { ApiKeysDataSource, Capability } from './source.ts';
import { RolesFailed, useRoles } from './RolesFailed.tsx';
import { useKeys } from './use-keys.ts';
import styles from './ApiKeys.module.css';

const capabilityOf = {
  open: null,
  edit: 'edit',
  renew: 'renew',
  withdrawLink: 'withdrawLink',
  schedule: 'schedule',
  deleteOldToken: 'renew',
  undoRenewal: 'renew',
  activate: 'status',
  deactivate: 'status',
  delete: 'delete',
} as const satisfies Record<KeyAction, Capability | null>;

function allowedBy(capabilities: readonly Capability[]): readonly KeyAction[] {
  const actions = Object.entries(capabilityOf) as [KeyAction, Capability | null][];
  return actions
    .filter(([, capability]) => capability !== null && capabilities.includes(capability))
    .map(([action]) => action);
}

/** Search, filters, the table, its pages and every dialog of a key. */
export function GeneratedTab({ source }: { readonly source: ApiKeysDataSource }) {
  const { messages } = useLatchkey();
  const toast = useOptionalToast();
  const keys = useKeys(source);
  const roles = useRoles(source);
  const { capabilities } = source;
  const allowed = useMemo(() => allowedBy(capabilities), [capabilities]);
  const [hiddenColumns, setHiddenColumns] = useState<readonly KeysColumn[]>([]);
  const selection = useSelectedKeys(keys.page.items);
  const [generating, setGenerating] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const can = (capability: Capability) => capabilities.includes(capability);

  const generate = can('generate') && (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      onClick={() => setGenerating(true)}
    >
      {messages.page.generate}
    </Button>
  );
  const exportKeys = async (ids: readonly string[] | null) => {
    try {
      await source.exportKeys?.({ ids });
      toast?.({ title: messages.page.exported });
    } catch (reason) {
      toast?.({
        tone: 'danger',
        title: messages.confirm.failed,
        description: reason instanceof Error ? reason.message : undefined,
      });
    }
  };
  const bulkActions: readonly BulkAction[] = [
    ...(can('status') ? (['activate', 'deactivate'] as const) : []),
    ...(can('exportChosen') ? (['export'] as const) : []),
  ];
  const onBulkAction = (
    action: BulkAction,
    ids: readonly string[],
    returnFocusTo: () => HTMLElement | null,
  ) => {
    if (action === 'export') void exportKeys(ids);
    else setAsked({ action, keys: selection.selectedKeys, returnFocusTo });
  };

  return (
    <div className={styles.tab}>
      <Toolbar>
        <SearchField
          className={styles.search}
          value={keys.search}
          onValueChange={(search) => keys.ask({ search })}
        />
        <Filters
          value={keys.filters}
          onValueChange={(filters) => keys.ask({ filters })}
          roles={roles.value}
          allowAttention={can('attention')}
        />
        <div className={styles.buttons}>
          <ColumnsMenu hiddenColumns={hiddenColumns} onHiddenColumnsChange={setHiddenColumns} />
          {can('export') && (
            <Button icon={<Download size={16} aria-hidden />} onClick={() => exportKeys(null)}>
              {messages.page.export}
            </Button>
          )}
          {generate}
        </div>
      </Toolbar>
      {keys.view.state === 'ready' && <RolesFailed view={roles.view} />}
      <KeysTable
        keys={keys.page.items}
        view={keys.view}
        filtered={keys.filtered}
        emptyAction={generate}
        noResultAction={
          <Button onClick={() => keys.ask({ search: '', filters: noFilters })}>
            {messages.filters.clear}
          </Button>
        }
        sort={keys.sort}
        onSortChange={(sort) => keys.ask({ sort })}
        hiddenColumns={hiddenColumns}
        allowedActions={allowed}
        onAction={
          allowed.length > 0
            ? (action, key, returnFocusTo) => setAsked({ action, keys: [key], returnFocusTo })
            : undefined
        }
        bulkActions={bulkActions.length > 0 ? bulkActions : undefined}
        onBulkAction={onBulkAction}
        selectedIds={selection.selectedIds}
        onSelectedIdsChange={selection.onSelectedIdsChange}
      />
      {keys.view.state === 'ready' && keys.page.total > 0 && (
        <Pagination
          total={keys.page.total}
          offset={keys.offset}
          count={keys.page.items.length}
          hasPrevious={keys.hasPrevious}
          hasNext={keys.page.nextCursor !== null}
          onPrevious={keys.previous}
          onNext={keys.next}
          pageSize={keys.limit}
          onPageSizeChange={(limit) => keys.ask({ limit })}
        />
      )}
      {/* Above the table: what holds a link must not be drawn anew when the list is. */}
      {can('generate') && (
        <GenerateKeyDialog
          open={generating}
          onOpenChange={setGenerating}
          roles={roles.value}
          allowExpiry={can('expiry')}
          onGenerate={async (input) => {
            if (!source.generateKey) throw new Error(messages.common.unknownError);
            const issued = await source.generateKey(input);
            keys.refresh();
            return issued;
          }}
        />
      )}
      <KeyDialogs
        source={source}
        roles={roles.value}
        asked={asked}
        onDone={(ids) => {
          keys.refresh();
          selection.deselect(ids);
        }}
        onChanged={keys.refresh}
      />
    </div>
  );
}
