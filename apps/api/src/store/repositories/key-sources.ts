import type { KeyFilter } from '@latchkey/core';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { containsText } from '../contains-text.ts';
import type { Engine } from '../database.ts';
import { firstGrantsOf, ownConditions, roleConditions, searchedText } from './key-filters.ts';

/** Where the rows come from, and which of them are meant; the key's alias is `k`. */
export interface KeySource {
  from: RawBuilder<unknown>;
  where: RawBuilder<SqlBool>;
}

/** A trigram index finds nothing shorter, in characters. */
const shortestIndexed = 3;

const and = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  sql.join(conditions, sql` and `);

function contains(engine: Engine, text: string | undefined): RawBuilder<SqlBool>[] {
  return text === undefined ? [] : [containsText({ engine }, 'k.search_text', text)];
}

/** SQLite: the rows that the account's keys have, in the search index as in the table. */
function inRowsOf(accountId: string, row: string): RawBuilder<SqlBool> {
  const base = sql`(select number * 4294967296 from account where id = ${accountId})`;
  return sql`(${sql.ref(row)} > ${base} and ${sql.ref(row)} < ${base} + 4294967296)`;
}

/** SQLite: what the search index is asked, if the text is long enough for it. */
function inSearchIndex(filter: KeyFilter): RawBuilder<SqlBool> | undefined {
  const text = searchedText(filter);
  if (text === undefined || text.includes('\0') || Array.from(text).length < shortestIndexed) {
    return undefined;
  }
  const phrase = `"${text.replaceAll('"', '""')}"`;
  return and([sql`s.key_search match ${phrase}`, inRowsOf(filter.accountId, 's.rowid')]);
}

/** The grants of some roles, by the alias `r`. SQLite might rather read an account's every grant, key by key. */
function grants(engine: Engine): RawBuilder<unknown> {
  return engine === 'sqlite'
    ? sql`api_key_role r indexed by api_key_role_by_role`
    : sql`api_key_role r`;
}

/** The index that finds the keys of a filter by their own row, if one does: by what commonly narrows most. */
function filterIndex({ status, alert, usage, expiry }: KeyFilter): string | undefined {
  if (expiry !== undefined) return 'api_key_by_expiry';
  if (usage !== undefined) {
    return status === undefined ? 'api_key_by_use' : 'api_key_by_status_and_use';
  }
  return alert === undefined ? undefined : 'api_key_by_age';
}

/**
 * The matching keys by way of their sort order: right when so many match that a page is full soon.
 *
 * @param index the index that has the order. SQLite, which keeps no statistics, is told to use it; PostgreSQL finds it.
 */
export function bySortOrder(engine: Engine, filter: KeyFilter, index: string): KeySource {
  return {
    from: engine === 'sqlite' ? sql`api_key k indexed by ${sql.ref(index)}` : sql`api_key k`,
    where: and([
      ...ownConditions(filter),
      ...roleConditions(filter),
      ...contains(engine, searchedText(filter)),
    ]),
  };
}

/** The matching keys by way of the filter that narrows most: right when few match. PostgreSQL finds it by its statistics. */
export function byFilter(engine: Engine, filter: KeyFilter): KeySource {
  if (engine === 'postgresql') return bySortOrder(engine, filter, '');
  const inIndex = inSearchIndex(filter);
  if (inIndex) {
    return {
      from: sql`key_search s cross join api_key k on k.search_row = s.rowid`,
      where: and([inIndex, ...ownConditions(filter), ...roleConditions(filter)]),
    };
  }
  const shortText = contains(engine, searchedText(filter));
  const roleIds = filter.roleId === undefined ? filter.anyRoleOf : [filter.roleId];
  if (roleIds) {
    // A role that is asked for beside them is a condition on the key.
    const others = roleConditions({ ...filter, roleId: undefined });
    return {
      from: sql`${grants(engine)} cross join api_key k on k.account_id = r.account_id and k.id = r.key_id`,
      where: and([
        firstGrantsOf(filter.accountId, roleIds),
        ...ownConditions(filter),
        ...(filter.roleId === undefined ? [] : others),
        ...shortText,
      ]),
    };
  }
  const index = filterIndex(filter);
  if (index !== undefined) return bySortOrder(engine, filter, index);
  // No index helps: the keys are read in the order in which they lie.
  return {
    from: sql`api_key k not indexed`,
    where: and([
      inRowsOf(filter.accountId, 'k.search_row'),
      ...ownConditions(filter),
      ...shortText,
    ]),
  };
}

/** What to count: the matching keys, or the entries of an index that alone knows how many they are. */
export function forCount(engine: Engine, filter: KeyFilter): KeySource {
  const { status, alert, usage, expiry, roleId, anyRoleOf, accountId } = filter;
  const ofRow = [status, alert, usage, expiry].some((condition) => condition !== undefined);
  const text = searchedText(filter);
  if (ofRow) return byFilter(engine, filter);
  const roleIds = roleId === undefined ? anyRoleOf : [roleId];
  const both = roleId !== undefined && anyRoleOf !== undefined;
  if (text === undefined && roleIds && !both) {
    return { from: grants(engine), where: firstGrantsOf(accountId, roleIds) };
  }
  const inIndex = engine === 'sqlite' ? inSearchIndex(filter) : undefined;
  if (inIndex && !roleIds) {
    return { from: sql`key_search s`, where: inIndex };
  }
  return byFilter(engine, filter);
}
