import type { Account, AccountRepository } from '@latchkey/core';
import type { Selectable } from 'kysely';
import { atomically, type Database, type Tables } from '../database.ts';

export function toAccount(row: Omit<Selectable<Tables['account']>, 'alerts_told_until'>): Account {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    renewalPeriodMonths: row.renewal_period_months,
    createdAt: new Date(row.created_at),
  };
}

/** The columns of an account that make an {@link Account}. */
export const accountColumns = [
  'account.id',
  'account.slug',
  'account.name',
  'account.renewal_period_months',
  'account.created_at',
] as const;

export function makeAccountRepository(database: Database): AccountRepository {
  const { db } = database;
  return {
    async find(id) {
      const row = await db
        .selectFrom('account')
        .select(accountColumns)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async findBySlug(slug) {
      const row = await db
        .selectFrom('account')
        .select(accountColumns)
        .where('slug', '=', slug)
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async list() {
      const rows = await db.selectFrom('account').select(accountColumns).orderBy('slug').execute();
      return rows.map(toAccount);
    },

    async listForPerson(personId) {
      const rows = await db
        .selectFrom('member')
        .innerJoin('account', 'account.id', 'member.account_id')
        .select(accountColumns)
        .where('member.person_id', '=', personId)
        .orderBy('account.name')
        .orderBy('account.id')
        .execute();
      return rows.map(toAccount);
    },

    add(account) {
      return atomically(database, async (inner) => {
        const { numInsertedOrUpdatedRows } = await inner.db
          .insertInto('account')
          .values({
            id: account.id,
            slug: account.slug,
            name: account.name,
            renewal_period_months: account.renewalPeriodMonths,
            created_at: account.createdAt.getTime(),
          })
          .onConflict((conflict) => conflict.column('slug').doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await inner.db
          .insertInto('key_count')
          .values({ account_id: account.id, active: 0, inactive: 0 })
          .execute();
        await inner.db
          .insertInto('audit_head')
          .values({ account_id: account.id, sequence: 0, hash: '' })
          .execute();
        return true;
      });
    },

    async saveSettings({ id, renewalPeriodMonths }) {
      await db
        .updateTable('account')
        .set({ renewal_period_months: renewalPeriodMonths, alerts_told_until: 0 })
        .where('id', '=', id)
        .execute();
    },

    async saveAlertsTold(id, after, until) {
      await db
        .updateTable('account')
        .set({ alerts_told_until: until.getTime() })
        .where('id', '=', id)
        .where('alerts_told_until', '=', after.getTime())
        .execute();
    },
  };
}
