import {
  ageingSince,
  monthsLater,
  searchText,
  type ApiKey,
  type Link,
  type LinkFate,
  type Token,
} from '@latchkey/core';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { toDate, toInstant, toLastUse } from '../instants.ts';

export type KeyRow = Omit<Selectable<Tables['api_key']>, 'search_row' | 'search_text'>;
type TokenRow = Selectable<Tables['api_token']>;
type LinkRow = Selectable<Tables['link']>;

/** The columns of a key that make an {@link ApiKey}. */
export const keyColumns = [
  'account_id',
  'id',
  'identifier',
  'name',
  'sort_name',
  'status',
  'created_at',
  'expires_at',
  'last_used_at',
  'renewal_started_at',
  'complete_at',
  'three_months_old_at',
  'six_months_old_at',
  'nine_months_old_at',
  'link_id',
  'version',
] as const satisfies readonly (keyof KeyRow)[];

/** The columns of a key that a save writes. */
export function changingKeyColumns(key: ApiKey) {
  const since = ageingSince(key);
  const { renewal } = key;
  const folded = searchText(key.name);
  return {
    name: key.name,
    // Compatibility forms can be much longer than what was typed, and an index row has its limit.
    sort_name: Array.from(folded).slice(0, 100).join(''),
    search_text: `${folded}\n${searchText(key.key)}`,
    status: key.status,
    expires_at: toInstant(key.expiresAt),
    renewal_started_at: renewal.state === 'pending' ? renewal.startedAt.getTime() : null,
    complete_at: renewal.state === 'pending' ? toInstant(renewal.completeAt) : null,
    three_months_old_at: monthsLater(since, 3).getTime(),
    six_months_old_at: monthsLater(since, 6).getTime(),
    nine_months_old_at: monthsLater(since, 9).getTime(),
    link_id: key.link?.id ?? null,
    version: key.version,
  };
}

/** The tokens that a key has, each with its slot; the old one first, since a slot must be free before it is taken. */
export function tokensOf({ currentToken, renewal }: ApiKey) {
  const current = { slot: 'current' as const, token: currentToken };
  return renewal.state === 'pending'
    ? [{ slot: 'old' as const, token: renewal.oldToken }, current]
    : [current];
}

/** The columns of a link that change with its fate. */
export function fateColumns(fate: LinkFate) {
  return {
    state: fate.state,
    ciphertext: fate.state === 'unread' ? fate.ciphertext : null,
    redeemed_at: fate.state === 'redeemed' ? fate.at.getTime() : null,
    redeemed_from: fate.state === 'redeemed' ? fate.from : null,
  };
}

function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    hash: row.hash,
    createdAt: new Date(row.created_at),
    deliveredAt: toDate(row.delivered_at),
    lastUsedAt: toLastUse(row.last_used_at),
  };
}

function toFate(row: LinkRow): LinkFate {
  switch (row.state) {
    case 'unread':
      return { state: 'unread', ciphertext: row.ciphertext };
    case 'redeemed':
      return { state: 'redeemed', at: new Date(row.redeemed_at ?? 0), from: row.redeemed_from };
    case 'withdrawn':
      return { state: 'withdrawn' };
  }
}

function toLink(row: LinkRow): Link {
  return {
    id: row.id,
    tokenId: row.token_id,
    hash: row.hash,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    fate: toFate(row),
  };
}

function toKey(
  row: KeyRow,
  tokens: readonly TokenRow[],
  roleIds: readonly string[],
  link: LinkRow | undefined,
): ApiKey {
  const current = tokens.find((token) => token.slot === 'current');
  const old = tokens.find((token) => token.slot === 'old');
  if (!current) throw new Error(`Key ${row.id} has no current token.`);
  return {
    id: row.id,
    accountId: row.account_id,
    key: row.identifier,
    name: row.name,
    status: row.status,
    roleIds,
    createdAt: new Date(row.created_at),
    expiresAt: toDate(row.expires_at),
    lastUsedAt: toLastUse(row.last_used_at),
    currentToken: toToken(current),
    renewal:
      old && row.renewal_started_at !== null
        ? {
            state: 'pending',
            oldToken: toToken(old),
            startedAt: new Date(row.renewal_started_at),
            completeAt: toDate(row.complete_at),
          }
        : { state: 'none' },
    link: link ? toLink(link) : null,
    version: row.version,
  };
}

/**
 * The ids of granted roles, in one order. Sorted here: asked to sort, SQLite would rather read an account's every grant in the order of
 * its roles than look up those of some keys.
 */
export function roleIdsOf(grants: readonly { role_id: string }[] | undefined): string[] {
  return grants?.map((grant) => grant.role_id).sort() ?? [];
}

/** Completes rows of one account's keys, in their order, with their tokens, roles and newest links. */
export async function loadKeys({ db }: Database, rows: readonly KeyRow[]): Promise<ApiKey[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map((row) => row.id);
  const tokens = await db
    .selectFrom('api_token')
    .selectAll()
    .where('account_id', '=', first.account_id)
    .where('key_id', 'in', ids)
    .execute();
  const roles = await db
    .selectFrom('api_key_role')
    .select(['key_id', 'role_id'])
    .where('account_id', '=', first.account_id)
    .where('key_id', 'in', ids)
    .execute();
  const linkIds = rows.flatMap((row) => row.link_id ?? []);
  const links =
    linkIds.length === 0
      ? []
      : await db
          .selectFrom('link')
          .selectAll()
          .where('account_id', '=', first.account_id)
          .where('id', 'in', linkIds)
          .execute();
  const tokensByKey = Map.groupBy(tokens, (token) => token.key_id);
  const rolesByKey = Map.groupBy(roles, (role) => role.key_id);
  const linksById = new Map(links.map((link) => [link.id, link]));
  return rows.map((row) =>
    toKey(
      row,
      tokensByKey.get(row.id) ?? [],
      roleIdsOf(rolesByKey.get(row.id)),
      row.link_id === null ? undefined : linksById.get(row.link_id),
    ),
  );
}
