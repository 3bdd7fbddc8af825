import type { Role, RoleRepository } from '@latchkey/core';
import { sql, type Selectable } from 'kysely';
import { mustLock, unlessTaken, type Database, type Tables } from '../database.ts';

function toRole(row: Selectable<Tables['role']>): Role {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    description: row.description,
    permissions: JSON.parse(row.permissions) as string[],
    predefined: row.predefined,
    createdAt: new Date(row.created_at),
  };
}

export function makeRoleRepository(database: Database): RoleRepository {
  const { db } = database;

  async function count(
    table: 'api_key_role' | 'external_key_role' | 'member_role',
    accountId: string,
    id: string,
  ): Promise<number> {
    const { users } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number | string>().as('users'))
      .where('account_id', '=', accountId)
      .where('role_id', '=', id)
      .executeTakeFirstOrThrow();
    return Number(users);
  }

  return {
    async list(accountId) {
      const rows = await db
        .selectFrom('role')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy(sql`predefined is null`)
        .orderBy('predefined')
        .orderBy('folded_name')
        .execute();
      return rows.map(toRole);
    },

    async findMany(accountId, ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('role')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('id', 'in', ids)
        // Locks are taken in this order, so that no two transactions wait for each other.
        .orderBy('id')
        .$if(mustLock(database), (query) => query.forUpdate())
        .execute();
      return rows.map(toRole);
    },

    save(role) {
      const values = {
        name: role.name,
        folded_name: role.name.normalize('NFC').toLowerCase(),
        description: role.description,
        permissions: JSON.stringify(role.permissions),
      };
      const { id, accountId, predefined, createdAt } = role;
      return unlessTaken(database, async (inner) => {
        const { numUpdatedRows } = await inner.db
          .updateTable('role')
          .set(values)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) return;
        await inner.db
          .insertInto('role')
          .values({
            ...values,
            id,
            account_id: accountId,
            predefined,
            created_at: createdAt.getTime(),
          })
          .execute();
      });
    },

    async remove(accountId, id) {
      await db
        .deleteFrom('role')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async isUsed(accountId, id) {
      for (const table of ['api_key_role', 'external_key_role', 'member_role'] as const) {
        const user = await db
          .selectFrom(table)
          .select('role_id')
          .where('account_id', '=', accountId)
          .where('role_id', '=', id)
          .limit(1)
          .executeTakeFirst();
        if (user) return true;
      }
      return false;
    },

    async countUsers(accountId, id) {
      return {
        keys: await count('api_key_role', accountId, id),
        externalKeys: await count('external_key_role', accountId, id),
        members: await count('member_role', accountId, id),
      };
    },
  };
}
