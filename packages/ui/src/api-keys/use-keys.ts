import { useCallback, useEffect, useRef, useState } from 'react';
import { isFiltered, noFilters } from '../filters/Filters.tsx';
import type { KeyFilters } from '../filters/Filters.tsx';
import { useLatest } from '../internal/use-latest.ts';
import type { CollectionView, KeysSort } from '../keys-table/KeysTable.tsx';
import type { ApiKeysDataSource, KeyPage } from './source.ts';

const firstSort: KeysSort = { column: 'createdAt', order: 'desc' };
const nothing: KeyPage = { items: [], nextCursor: null, total: 0 };

/** What is asked for: a change of anything but the page goes back to the first page. */
interface Request {
  readonly search: string;
  readonly filters: KeyFilters;
  readonly sort: KeysSort;
  readonly limit: number;
  /** The cursors of the pages up to this one; the first page's is null. */
  readonly cursors: readonly (string | null)[];
}

/** The list of keys as the person searches, filters, sorts and pages it. */
export function useKeys(source: ApiKeysDataSource) {
  const [request, setRequest] = useState<Request>({
    search: '',
    filters: noFilters,
    sort: firstSort,
    limit: 25,
    cursors: [null],
  });
  const [page, setPage] = useState(nothing);
  const [failure, setFailure] = useState<{ readonly message: string | undefined } | null>(null);
  const [loaded, setLoaded] = useState(false);
  const newest = useRef(0);

  const load = useLatest(async (asked: Request) => {
    newest.current += 1;
    const turn = newest.current;
    const { search, filters, sort, limit, cursors } = asked;
    try {
      const answer = await source.listKeys({
        search,
        filters,
        sort,
        limit,
        cursor: cursors.at(-1) ?? null,
      });
      // An answer that was overtaken by a newer question is dropped.
      if (turn !== newest.current) return;
      setPage(answer);
      setLoaded(true);
      setFailure(null);
    } catch (reason) {
      if (turn !== newest.current) return;
      setFailure({ message: reason instanceof Error ? reason.message : undefined });
    }
  });

  useEffect(() => {
    void load(request);
    // Another source is another list.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [load, request, source]);

  const refresh = useCallback(() => setRequest((before) => ({ ...before })), []);
  useEffect(() => source.subscribe?.(refresh), [source, refresh]);

  const ask = (change: Partial<Omit<Request, 'cursors'>>) =>
    setRequest((before) => ({ ...before, ...change, cursors: [null] }));

  const retry = () => {
    setFailure(null);
    setLoaded(false);
    refresh();
  };
  const ready: CollectionView = { state: loaded ? 'ready' : 'loading' };
  const view: CollectionView = failure ? { state: 'error', ...failure, onRetry: retry } : ready;
  const { search, filters, sort, limit, cursors } = request;
  return {
    page,
    view,
    search,
    filters,
    sort,
    limit,
    filtered: search !== '' || isFiltered(filters),
    offset: (cursors.length - 1) * limit,
    hasPrevious: cursors.length > 1,
    ask,
    refresh,
    previous: () => setRequest((before) => ({ ...before, cursors: before.cursors.slice(0, -1) })),
    next: () =>
      setRequest((before) => ({ ...before, cursors: [...before.cursors, page.nextCursor] })),
  };
}

/** Something that a source is asked for once, and again on demand. */
export function useLoaded<Value>(read: () => Promise<Value>, initial: Value) {
  const [value, setValue] = useState(initial);
  const [failure, setFailure] = useState<{ readonly message: string | undefined } | null>(null);
  const [loaded, setLoaded] = useState(false);
  const reload = useLatest(async () => {
    try {
      setValue(await read());
      setLoaded(true);
      setFailure(null);
    } catch (reason) {
      setFailure({ message: reason instanceof Error ? reason.message : undefined });
    }
  });
  const retry = () => {
    setFailure(null);
    void reload();
  };
  const ready: CollectionView = { state: loaded ? 'ready' : 'loading' };
  const view: CollectionView = failure ? { state: 'error', ...failure, onRetry: retry } : ready;
  useEffect(() => {
    void reload();
  }, [reload]);
  return { value, view, reload };
}
