import type { ApiKey, KeyRepository, Token } from '@latchkey/core';
import { sql, type RawBuilder } from 'kysely';
import { atomically, mustLock, type Database } from '../database.ts';
import { toInstant } from '../instants.ts';
import { listAlerting } from './alerting-keys.ts';
import { countKeys, listKeys } from './key-list.ts';
import { listExpiring, listOldest } from './keys-in-need.ts';
import { changingKeyColumns, fateColumns, keyColumns, loadKeys, tokensOf } from './key-rows.ts';
import { addUsage, readUsage } from './usage.ts';

/** How many identifiers one statement takes. */
const identifierChunk = 500;

/** The number of the next row in SQLite's search index: within the account's range, after the last. */
function nextSearchRow({ engine }: Database, accountId: string): RawBuilder<number> | null {
  if (engine !== 'sqlite') return null;
  const base = sql`(select number * 4294967296 from account where id = ${accountId})`;
  return sql<number>`coalesce((
    select search_row from api_key
    where search_row > ${base} and search_row < ${base} + 4294967296
    order by search_row desc limit 1
  ), ${base}) + 1`;
}

async function insertToken(
  { db }: Database,
  { id, accountId }: ApiKey,
  slot: 'current' | 'old',
  token: Token,
): Promise<void> {
  await db
    .insertInto('api_token')
    .values({
      account_id: accountId,
      id: token.id,
      key_id: id,
      hash: token.hash,
      slot,
      created_at: token.createdAt.getTime(),
      delivered_at: toInstant(token.deliveredAt),
      last_used_at: toInstant(token.lastUsedAt) ?? 0,
    })
    .execute();
}

async function saveTokens(database: Database, key: ApiKey): Promise<void> {
  const { db } = database;
  const kept = tokensOf(key);
  await db
    .deleteFrom('api_token')
    .where('account_id', '=', key.accountId)
    .where('key_id', '=', key.id)
    .where(
      'id',
      'not in',
      kept.map(({ token }) => token.id),
    )
    .execute();
  for (const { slot, token } of kept) {
    const { numUpdatedRows } = await db
      .updateTable('api_token')
      .set({ slot, delivered_at: toInstant(token.deliveredAt) })
      .where('account_id', '=', key.accountId)
      .where('id', '=', token.id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) await insertToken(database, key, slot, token);
  }
}

async function saveRoles({ db }: Database, key: ApiKey): Promise<void> {
  const { accountId, id, roleIds } = key;
  await db
    .deleteFrom('api_key_role')
    .where('account_id', '=', accountId)
    .where('key_id', '=', id)
    .$if(roleIds.length > 0, (query) => query.where('role_id', 'not in', roleIds))
    .execute();
  if (roleIds.length === 0) return;
  await db
    .insertInto('api_key_role')
    .values(roleIds.map((roleId) => ({ account_id: accountId, key_id: id, role_id: roleId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function saveLink({ db }: Database, { accountId, id, link }: ApiKey): Promise<void> {
  if (!link) return;
  const { numUpdatedRows } = await db
    .updateTable('link')
    .set(fateColumns(link.fate))
    .where('account_id', '=', accountId)
    .where('id', '=', link.id)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  // A newer link leaves nothing to read behind an older one.
  await db
    .updateTable('link')
    .set({ state: 'withdrawn', ciphertext: null })
    .where('account_id', '=', accountId)
    .where('key_id', '=', id)
    .where('state', '=', 'unread')
    .execute();
  await db
    .insertInto('link')
    .values({
      account_id: accountId,
      id: link.id,
      key_id: id,
      token_id: link.tokenId,
      hash: link.hash,
      created_at: link.createdAt.getTime(),
      expires_at: link.expiresAt.getTime(),
      ...fateColumns(link.fate),
    })
    .execute();
}

export function makeKeyRepository(database: Database): KeyRepository {
  const { db } = database;

  async function find(accountId: string, id: string, lock: boolean): Promise<ApiKey | undefined> {
    const row = await db
      .selectFrom('api_key')
      .select(keyColumns)
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .$if(lock, (query) => query.forUpdate())
      .executeTakeFirst();
    const [key] = await loadKeys(database, row ? [row] : []);
    return key;
  }

  return {
    list: (query) => listKeys(database, query),
    find: (accountId, id) => find(accountId, id, mustLock(database)),
    peek: (accountId, id) => find(accountId, id, false),
    count: (filter) => countKeys(database, filter),
    listExpiring: (accountId, after, until, limit) =>
      listExpiring(database, accountId, after, until, limit),
    listOldest: (accountId, by, limit) => listOldest(database, accountId, by, limit),

    async findMany(accountId, ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('api_key')
        .select(keyColumns)
        .where('account_id', '=', accountId)
        .where('id', 'in', ids)
        // Locks are taken in this order, so that no two transactions wait for each other.
        .orderBy('id')
        .$if(mustLock(database), (query) => query.forUpdate())
        .execute();
      return loadKeys(database, rows);
    },

    async findByIdentifiers(identifiers) {
      // PostgreSQL refuses a text that holds the character 0, and with it all the others.
      const possible = identifiers.filter((identifier) => !identifier.includes('\0'));
      const found = [];
      for (let start = 0; start < possible.length; start += identifierChunk) {
        const rows = await db
          .selectFrom('api_key')
          .select(['account_id', 'id', 'identifier', 'name'])
          .where('identifier', 'in', possible.slice(start, start + identifierChunk))
          .execute();
        found.push(...rows);
      }
      return found.map(({ account_id: accountId, id, identifier: key, name }) => ({
        accountId,
        id,
        key,
        name,
      }));
    },

    add(key) {
      return atomically(database, async (inner) => {
        const { numInsertedOrUpdatedRows } = await inner.db
          .insertInto('issued_identifier')
          .values({ identifier: key.key, account_id: key.accountId })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await inner.db
          .insertInto('api_key')
          .values({
            ...changingKeyColumns(key),
            account_id: key.accountId,
            id: key.id,
            identifier: key.key,
            created_at: key.createdAt.getTime(),
            last_used_at: toInstant(key.lastUsedAt) ?? 0,
            search_row: nextSearchRow(inner, key.accountId),
          })
          .execute();
        await saveTokens(inner, key);
        await saveRoles(inner, key);
        await saveLink(inner, key);
        return true;
      });
    },

    save(key) {
      return atomically(database, async (inner) => {
        const { numUpdatedRows } = await inner.db
          .updateTable('api_key')
          .set(changingKeyColumns(key))
          .where('account_id', '=', key.accountId)
          .where('id', '=', key.id)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw new Error(`There is no key ${key.id} to save.`);
        await saveTokens(inner, key);
        await saveRoles(inner, key);
        await saveLink(inner, key);
      });
    },

    async remove(accountId, id) {
      await db
        .deleteFrom('api_key')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async listDueCompletions(now, limit) {
      const rows = await db
        .selectFrom('api_key')
        .innerJoin('api_token', (join) =>
          join
            .onRef('api_token.account_id', '=', 'api_key.account_id')
            .onRef('api_token.key_id', '=', 'api_key.id')
            .on('api_token.slot', '=', 'current'),
        )
        .select(['api_key.account_id', 'api_key.id'])
        .where('api_key.complete_at', '<=', now.getTime())
        .where('api_token.delivered_at', 'is not', null)
        .orderBy('api_key.complete_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ accountId: row.account_id, id: row.id }));
    },

    listAlerting: (now) => listAlerting(database, now),
    addUsage: (usage) => addUsage(database, usage),
    readUsage: (accountId, keyId, since) => readUsage(database, accountId, keyId, since),
  };
}
