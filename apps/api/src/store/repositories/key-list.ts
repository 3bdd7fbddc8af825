import type { ApiKey, KeyFilter, KeyQuery, KeySort, Page } from '@latchkey/core';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { decodeCursor, encodeCursor, type Position, type PositionShape } from '../cursor.ts';
import type { Database } from '../database.ts';
import { isNarrow } from './key-filters.ts';
import { byFilter, bySortOrder, forCount, type KeySource } from './key-sources.ts';
import { keyColumns, loadKeys, type KeyRow } from './key-rows.ts';

/** Up to how many matches are sorted. Of more, a page is full soon when the keys are read in order. */
const defaultFewMatches = 2_000;

interface SortOrder {
  /** Sorted by these in turn; the last makes each row's position unique. */
  columns: readonly (keyof KeyRow)[];
  shape: PositionShape;
  index: string;
  /** The index that has this order within one status. */
  indexInStatus: string;
}

const sortOrders: Record<KeySort, SortOrder> = {
  name: {
    columns: ['sort_name', 'id'],
    shape: ['string', 'string'],
    index: 'api_key_by_name',
    indexInStatus: 'api_key_by_status_and_name',
  },
  createdAt: {
    columns: ['created_at', 'id'],
    shape: ['number', 'string'],
    index: 'api_key_by_creation',
    indexInStatus: 'api_key_by_status_and_creation',
  },
  lastUsedAt: {
    columns: ['last_used_at', 'id'],
    shape: ['number', 'string'],
    index: 'api_key_by_use',
    indexInStatus: 'api_key_by_status_and_use',
  },
  status: {
    columns: ['status', 'sort_name', 'id'],
    shape: ['string', 'string', 'string'],
    index: 'api_key_by_status_and_name',
    indexInStatus: 'api_key_by_status_and_name',
  },
};

const references = (columns: readonly string[], alias: string) =>
  columns.map((column) => sql.ref(`${alias}.${column}`));

/** How many keys match, whatever the page. */
export async function countKeys({ db, engine }: Database, filter: KeyFilter): Promise<number> {
  if (!isNarrow(filter)) {
    const counts = await db
      .selectFrom('key_count')
      .select(['active', 'inactive'])
      .where('account_id', '=', filter.accountId)
      .executeTakeFirst();
    if (!counts) return 0;
    return filter.status ? counts[filter.status] : counts.active + counts.inactive;
  }
  const { from, where } = forCount(engine, filter);
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from ${from} where ${where}
  `.execute(db);
  return rows[0]?.total ?? 0;
}

function readPage(
  query: KeyQuery,
  sort: SortOrder,
  position: Position | undefined,
  source: KeySource,
  sortAll: boolean,
): RawBuilder<KeyRow> {
  const direction = query.order === 'asc' ? sql`asc` : sql`desc`;
  const compare = query.order === 'asc' ? sql`>` : sql`<`;
  const columns = sql.join(references(keyColumns, 'k'));
  const order = (alias: string) =>
    sql.join(references(sort.columns, alias).map((column) => sql`${column} ${direction}`));
  const after = (alias: string) =>
    position
      ? sql<SqlBool>`(${sql.join(references(sort.columns, alias))}) ${compare} (${sql.join(position)})`
      : sql<SqlBool>`1 = 1`;
  const end = sql`limit ${sql.lit(query.limit + 1)}`;
  return sortAll
    ? sql<KeyRow>`
        with found as materialized (select ${columns} from ${source.from} where ${source.where})
        select * from found where ${after('found')} order by ${order('found')} ${end}`
    : sql<KeyRow>`
        select ${columns} from ${source.from} where ${source.where} and ${after('k')}
        order by ${order('k')} ${end}`;
}

/**
 * Lists keys. What few match is found by its filter and sorted; what many match is read in order until the page is full. Both read a
 * bounded number of rows, wherever the page lies.
 *
 * @param fewMatches up to how many matches are sorted.
 */
export async function listKeys(
  database: Database,
  query: KeyQuery,
  fewMatches = defaultFewMatches,
): Promise<(Page<ApiKey> & { total: number }) | undefined> {
  const sort = sortOrders[query.sort];
  const list = `keys by ${query.sort} ${query.order}`;
  const position =
    query.cursor === undefined ? undefined : decodeCursor(list, sort.shape, query.cursor);
  if (query.cursor !== undefined && !position) return undefined;

  const total = await countKeys(database, query);
  const sortAll = isNarrow(query) && total <= fewMatches;
  const index = query.status === undefined ? sort.index : sort.indexInStatus;
  const source = sortAll
    ? byFilter(database.engine, query)
    : bySortOrder(database.engine, query, index);
  const { rows } = await readPage(query, sort, position, source, sortAll).execute(database.db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await loadKeys(database, shown),
    nextCursor:
      last && rows.length > query.limit
        ? encodeCursor(
            list,
            sort.columns.map((column) => last[column] ?? ''),
          )
        : null,
    total,
  };
}
