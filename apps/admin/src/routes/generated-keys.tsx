import { useCallback, useEffect, useEffectEvent, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Download, Plus } from 'lucide-react';
import {
  Button,
  Filters,
  isFiltered,
  KeysTable,
  Pagination,
  SearchField,
  Toolbar,
  useLatchkey,
  useSelectedKeys,
} from '@latchkey/ui';
import type { ApiKey, CollectionView, KeyAction } from '@latchkey/ui';
import { allowedActions } from '../features/keys/allowed-actions.ts';
import { walkedCursors } from '../features/keys/cursors.ts';
import { HeaderActions } from '../features/keys/HeaderActions.tsx';
import { keysQuery } from '../features/keys/queries.ts';
import {
  changeSearch,
  filtersOf,
  fromFilters,
  offsetOf,
  readKeysSearch,
  sortOf,
  withoutUsual,
} from '../features/keys/search.ts';
import type { KeysSearch } from '../features/keys/search.ts';
import { useExport } from '../features/keys/use-export.ts';
import { useKeyDialogs } from '../features/keys/use-key-dialogs.tsx';
import { rolesQuery } from '../features/roles/queries.ts';
import { can, useAccount } from '../features/shell/account.ts';
import type { Key } from '../lib/api.ts';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/keys/Keys.module.css';

const route = getRouteApi('/a/$account/keys/tabs/');
const noKeys: readonly Key[] = [];
const bulkActions = ['activate', 'deactivate'] as const;

/** The account's own keys: searched, filtered, sorted and paged by the address. */
export function GeneratedKeys() {
  const { messages } = useLatchkey();
  const words = useWords();
  usePageTitle(messages.page.title);
  const account = useAccount();
  const { slug } = account;
  // The router hands on what it could not read; it is left out here.
  const search = route.useSearch({
    select: (raw) => readKeysSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = route.useNavigate();
  const router = useRouter();
  const mayView = account.can('keys.view');
  const keys = useQuery({ ...keysQuery(slug, search), enabled: mayView });
  const { data: roles = [] } = useQuery({ ...rolesQuery(slug), enabled: mayView });
  const exportKeys = useExport(slug);
  const mayEdit = account.can('keys.edit');
  const { permissions } = account;
  const allowed = useMemo(
    () => allowedActions({ can: (...anyOf) => can({ permissions }, ...anyOf) }),
    [permissions],
  );
  const page = keys.data;
  const selection = useSelectedKeys(page?.items ?? noKeys);
  const { ask, dialogs } = useKeyDialogs(({ id }) => selection.deselect([id]));
  const filtered = search.search !== undefined || isFiltered(filtersOf(search));

  const show = (next: KeysSearch, replace = false) => navigate({ search: next, replace });
  const change = (changes: Parameters<typeof changeSearch>[1], replace = false) =>
    void show(changeSearch(search, changes), replace);

  const keyHref = useCallback(
    ({ id }: ApiKey) =>
      router.buildLocation({ to: '/a/$account/keys/$key', params: { account: slug, key: id } })
        .href,
    [router, slug],
  );
  const openKey = ({ id }: Pick<ApiKey, 'id'>) =>
    void navigate({ to: '/a/$account/keys/$key', params: { account: slug, key: id } });

  const act = (action: KeyAction, { id }: ApiKey, returnFocusTo: () => HTMLElement | null) => {
    const apiKey = page?.items.find((key) => key.id === id);
    if (!apiKey) return;
    if (action === 'open') openKey(apiKey);
    else ask({ what: action, apiKey, returnFocusTo });
  };

  const generate = (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      onClick={() => ask({ what: 'generate' })}
    >
      {messages.page.generate}
    </Button>
  );

  // The last key of a later page was deleted: the page before is the last one now.
  const isPastEnd = page?.items.length === 0 && (search.page ?? 1) > 1 && !keys.isPlaceholderData;

  const view = ((): CollectionView => {
    if (!mayView) return { state: 'forbidden' };
    if (keys.isError && !page) {
      const failure = readFailure(keys.error);
      return {
        state: 'error',
        message: describeFailure(failure, words),
        onRetry: () => void keys.refetch(),
      };
    }
    return page && !isPastEnd ? { state: 'ready' } : { state: 'loading' };
  })();

  const previous = () => {
    const before = (search.page ?? 1) - 1;
    const cursor = before > 1 ? walkedCursors(slug, search).get(before) : undefined;
    // Who came straight to a later page finds the way from the first.
    const to = cursor === undefined ? undefined : before;
    void show(withoutUsual({ ...search, page: to, cursor }), isPastEnd);
  };
  const goBack = useEffectEvent(previous);
  useEffect(() => {
    if (isPastEnd) goBack();
  }, [isPastEnd]);

  const next = (cursor: string) => {
    const number = (search.page ?? 1) + 1;
    walkedCursors(slug, search).set(number, cursor);
    void show(withoutUsual({ ...search, page: number, cursor }));
  };

  return (
    <>
      <HeaderActions>
        {mayView && (
          <Button asChild>
            <a
              href={`/v1/accounts/${slug}/keys/export.xlsx`}
              download
              onClick={(event) => void exportKeys(event)}
            >
              <Download size={16} aria-hidden />
              {messages.page.export}
            </a>
          </Button>
        )}
        {mayEdit && generate}
      </HeaderActions>
      {mayView && (
        <Toolbar>
          <SearchField
            className={styles.search}
            value={search.search ?? ''}
            onValueChange={(text) => change({ search: text.trim() || undefined }, true)}
          />
          <Filters
            value={filtersOf(search)}
            onValueChange={(filters) => change(fromFilters(filters))}
            roles={roles}
          />
        </Toolbar>
      )}
      {/* Busy while another page or filter is under way and the former rows are still there. */}
      <div className={styles.list} aria-busy={keys.isPlaceholderData}>
        <KeysTable
          keys={page?.items ?? []}
          view={view}
          filtered={filtered}
          emptyAction={mayEdit && generate}
          noResultAction={<Button onClick={() => void show({})}>{messages.filters.clear}</Button>}
          sort={sortOf(search)}
          onSortChange={({ column, order }) => change({ sort: column, order })}
          allowedActions={allowed}
          onAction={act}
          bulkActions={mayEdit ? bulkActions : undefined}
          selectedIds={selection.selectedIds}
          onSelectedIdsChange={selection.onSelectedIdsChange}
          onBulkAction={(action, _, returnFocusTo) =>
            ask({
              what: 'setStatus',
              status: action === 'activate' ? 'active' : 'inactive',
              apiKeys: selection.selectedKeys,
              onChanged: selection.deselect,
              returnFocusTo,
            })
          }
          keyHref={keyHref}
          onOpenKey={openKey}
        />
      </div>
      {page && page.total > 0 && (
        <Pagination
          total={page.total}
          offset={offsetOf(search)}
          count={page.items.length}
          hasPrevious={(search.page ?? 1) > 1}
          hasNext={page.nextCursor !== null}
          onPrevious={previous}
          onNext={() => page.nextCursor !== null && next(page.nextCursor)}
          pageSize={search.size ?? 25}
          onPageSizeChange={(size) => change({ size: size as 10 | 25 | 50 | 100 })}
        />
      )}
      {dialogs}
    </>
  );
}
