import type { ExternalKey, ExternalKeyRepository, ExternalKeyStatus } from '@latchkey/core';
import { atomically, mustLock, type Database } from '../database.ts';
import { roleIdsOf } from './key-rows.ts';

/** How many rows are read at a time of a list that may be long. */
const walkPage = 1000;

export function makeExternalKeyRepository(database: Database): ExternalKeyRepository {
  const { db } = database;

  /** The rows of an account, each with the status that the owner gave the key; `null` when the owner deleted it. */
  const select = (accountId: string) =>
    db
      .selectFrom('external_key')
      .leftJoin('api_key', 'api_key.id', 'external_key.key_id')
      .selectAll('external_key')
      .select('api_key.status')
      .where('external_key.account_id', '=', accountId);

  /** @param only those whose roles are read; of all of the account without it, since a statement takes only so many ids. */
  async function withRoles(
    rows: Awaited<ReturnType<ReturnType<typeof select>['execute']>>,
    only?: readonly string[],
  ): Promise<{ externalKey: ExternalKey; status: ExternalKeyStatus }[]> {
    const [first] = rows;
    if (!first) return [];
    let query = db
      .selectFrom('external_key_role')
      .select(['external_key_id', 'role_id'])
      .where('account_id', '=', first.account_id);
    if (only) query = query.where('external_key_id', 'in', only);
    const roles = await query.execute();
    const rolesByKey = Map.groupBy(roles, (role) => role.external_key_id);
    return rows.map((row) => ({
      externalKey: {
        id: row.id,
        accountId: row.account_id,
        keyId: row.key_id,
        key: row.identifier,
        owner: row.owner,
        roleIds: roleIdsOf(rolesByKey.get(row.id)),
        addedAt: new Date(row.added_at),
        version: row.version,
      },
      status: row.status ?? 'deleted',
    }));
  }

  async function insertRoles(inner: Database, externalKey: ExternalKey): Promise<void> {
    const { accountId, id, roleIds } = externalKey;
    if (roleIds.length === 0) return;
    await inner.db
      .insertInto('external_key_role')
      .values(
        roleIds.map((roleId) => ({ account_id: accountId, external_key_id: id, role_id: roleId })),
      )
      .execute();
  }

  return {
    async list(accountId) {
      const rows = await select(accountId)
        .orderBy('external_key.added_at', 'desc')
        .orderBy('external_key.id', 'desc')
        .execute();
      return withRoles(rows);
    },

    async *walk(accountId) {
      // Ids are made in the order of time.
      let last = '';
      let rows;
      do {
        rows = await select(accountId)
          .where('external_key.id', '>', last)
          .orderBy('external_key.id')
          .limit(walkPage)
          .execute();
        const ids = rows.map(({ id }) => id);
        yield* await withRoles(rows, ids);
        last = ids.at(-1) ?? last;
      } while (rows.length === walkPage);
    },

    async *keyIds(accountId) {
      let last = '';
      let rows;
      do {
        rows = await db
          .selectFrom('external_key')
          .select('key_id')
          .where('account_id', '=', accountId)
          .where('key_id', '>', last)
          .orderBy('key_id')
          .limit(walkPage)
          .execute();
        yield* rows.map((row) => row.key_id);
        last = rows.at(-1)?.key_id ?? last;
      } while (rows.length === walkPage);
    },

    async find(accountId, id) {
      const rows = await select(accountId)
        .where('external_key.id', '=', id)
        .$if(mustLock(database), (query) => query.forUpdate('external_key'))
        .execute();
      const [found] = await withRoles(rows, [id]);
      return found;
    },

    async findOwnersKey(key) {
      const row = await db
        .selectFrom('api_key')
        .innerJoin('account', 'account.id', 'api_key.account_id')
        .select(['api_key.id', 'api_key.account_id', 'api_key.status', 'account.slug'])
        .where('api_key.identifier', '=', key)
        .executeTakeFirst();
      return row && { keyId: row.id, ownerId: row.account_id, owner: row.slug, status: row.status };
    },

    add(externalKey) {
      return atomically(database, async (inner) => {
        const { numInsertedOrUpdatedRows } = await inner.db
          .insertInto('external_key')
          .values({
            account_id: externalKey.accountId,
            id: externalKey.id,
            key_id: externalKey.keyId,
            identifier: externalKey.key,
            owner: externalKey.owner,
            added_at: externalKey.addedAt.getTime(),
            version: externalKey.version,
          })
          .onConflict((conflict) => conflict.columns(['account_id', 'key_id']).doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await insertRoles(inner, externalKey);
        return true;
      });
    },

    saveRoles(externalKey) {
      return atomically(database, async (inner) => {
        const { accountId, id, version } = externalKey;
        await inner.db
          .updateTable('external_key')
          .set({ version })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .execute();
        await inner.db
          .deleteFrom('external_key_role')
          .where('account_id', '=', accountId)
          .where('external_key_id', '=', id)
          .execute();
        await insertRoles(inner, externalKey);
      });
    },

    async remove(accountId, id) {
      await db
        .deleteFrom('external_key')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },
  };
}
