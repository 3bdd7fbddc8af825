import { useCallback, useEffect, useRef, useState } from 'react';
import { isFiltered, noFilters } from '../filters/Filters.tsx';
import type { KeyFilters } from '../filters/Filters.tsx';
import { useLatest } from '../internal/use-latest.ts';
import type { CollectionView, KeysSort } from '../keys-table/KeysTable.tsx';
import type { ApiKeysDataSource, KeyPage } from './source.ts';

/** Why something could not be loaded, as a view shows it. */
type Failure =
  | { readonly state: 'forbidden' }
  | { readonly state: 'error'; readonly message: string | undefined };

function failureOf(reason: unknown): Failure {
  if (!(reason instanceof Error)) return { state: 'error', message: undefined };
  if ('code' in reason && reason.code === 'FORBIDDEN') return { state: 'forbidden' };
  return { state: 'error', message: reason.message };
}

function viewOf(failure: Failure | null, loaded: boolean, onRetry: () => void): CollectionView {
  if (failure?.state === 'error') return { ...failure, onRetry };
  return failure ?? { state: loaded ? 'ready' : 'loading' };
}

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
  const [failure, setFailure] = useState<Failure | null>(null);
  const [loaded, setLoaded] = useState(false);
  const newest = useRef(0);
  const [seen, setSeen] = useState(source);
  // Another source is another list: nothing of the former one may stay on the screen.
  if (source !== seen) {
    setSeen(source);
    setRequest((before) => ({ ...before, cursors: [null] }));
    setPage(nothing);
    setLoaded(false);
    setFailure(null);
  }

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
      if (answer.items.length === 0 && cursors.length > 1) {
        // Its last key is gone: the page before is the last one now.
        setRequest((before) => ({ ...before, cursors: before.cursors.slice(0, -1) }));
        return;
      }
      setPage(answer);
      setLoaded(true);
      setFailure(null);
    } catch (reason) {
      if (turn !== newest.current) return;
      setFailure(failureOf(reason));
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
  const view = viewOf(failure, loaded, retry);
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

/**
 * Something that a source is asked for once, and again on demand.
 *
 * @param read what to ask it; the newest answer counts, whatever the order in which they come
 */
export function useLoaded<Value>(
  source: ApiKeysDataSource,
  read: (source: ApiKeysDataSource) => Promise<Value>,
  initial: Value,
) {
  const [value, setValue] = useState(initial);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [loaded, setLoaded] = useState(false);
  const newest = useRef(0);
  const [seen, setSeen] = useState(source);
  if (source !== seen) {
    setSeen(source);
    setValue(initial);
    setLoaded(false);
    setFailure(null);
  }
  const reload = useLatest(async () => {
    newest.current += 1;
    const turn = newest.current;
    try {
      const answer = await read(source);
      if (turn !== newest.current) return;
      setValue(answer);
      setLoaded(true);
      setFailure(null);
    } catch (reason) {
      if (turn === newest.current) setFailure(failureOf(reason));
    }
  });
  const retry = () => {
    setFailure(null);
    void reload();
  };
  useEffect(() => {
    void reload();
    // Another source is asked anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [reload, source]);
  return { value, view: viewOf(failure, loaded, retry), reload };
}
