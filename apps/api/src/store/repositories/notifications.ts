import type { Notification, NotificationRepository } from '@latchkey/core';
import { sql, type Selectable } from 'kysely';
import type { Database, Tables } from '../database.ts';

/** How many rows one statement takes. */
const chunk = 500;

function toNotification(row: Selectable<Tables['notification']>): Notification {
  const { id, account_id: accountId, at, data, type } = row;
  // What stands there is what `add` wrote.
  return {
    id,
    accountId,
    at: new Date(at),
    type,
    data: JSON.parse(data) as unknown,
  } as Notification;
}

export function makeNotificationRepository({ db }: Database): NotificationRepository {
  return {
    async tellOnce({ accountId, type, subject, about }, now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('told_once')
        .values({ account_id: accountId, type, subject, about, at: now.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async add(notifications) {
      for (let start = 0; start < notifications.length; start += chunk) {
        await db
          .insertInto('notification')
          .values(
            notifications.slice(start, start + chunk).map(({ accountId, at, data, id, type }) => ({
              account_id: accountId,
              id,
              type,
              at: at.getTime(),
              data: JSON.stringify(data),
            })),
          )
          .execute();
      }
    },

    async find(accountId, id) {
      const row = await db
        .selectFrom('notification')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toNotification(row);
    },

    async listWithin({ accountId, types, from, until, limit }) {
      const within = db
        .selectFrom('notification')
        .where('account_id', '=', accountId)
        .where('type', 'in', types)
        .where('at', '>=', from.getTime())
        .where('at', '<', until.getTime());
      const { total } = await within
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await within.selectAll().orderBy('at').orderBy('id').limit(limit).execute();
      return { items: rows.map(toNotification), total };
    },

    async addFailures({ accountId, keyId, window, count }) {
      const { count: total } = await db
        .insertInto('failed_verification')
        .values({
          account_id: accountId,
          key_id: keyId ?? '',
          window_at: window.getTime(),
          count,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['account_id', 'key_id', 'window_at'])
            .doUpdateSet({ count: sql`failed_verification.count + excluded.count` }),
        )
        .returning('count')
        .executeTakeFirstOrThrow();
      return total;
    },

    async eraseOlderThan(time, toldBefore) {
      const before = time.getTime();
      const erased = [
        // Deliveries and mails go with what they tell of.
        await db.deleteFrom('notification').where('at', '<', before).executeTakeFirst(),
        await db.deleteFrom('mail').where('created_at', '<', before).executeTakeFirst(),
        await db
          .deleteFrom('failed_verification')
          .where('window_at', '<', before)
          .executeTakeFirst(),
        await db.deleteFrom('told_once').where('at', '<', toldBefore.getTime()).executeTakeFirst(),
      ];
      return erased.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
    },
  };
}
