import type {
  ClaimedDelivery,
  Delivery,
  NotificationType,
  Webhook,
  WebhookRepository,
} from '@latchkey/core';
import { sql, type Selectable } from 'kysely';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { mustLock, type Database, type Tables } from '../database.ts';
import { toDate, toInstant } from '../instants.ts';
import { makeAccountRepository } from './accounts.ts';
import { makeNotificationRepository } from './notifications.ts';
import { makeWebhooksDue } from './webhooks-due.ts';

/** How many rows one statement takes. */
const chunk = 500;

const cursorList = 'webhook-deliveries';

type DeliveryRow = Selectable<Tables['webhook_delivery']> &
  Pick<Selectable<Tables['notification']>, 'type'>;

function toWebhook(row: Selectable<Tables['webhook']>): Webhook {
  const { former_secret: former, former_secret_until: until } = row;
  return {
    id: row.id,
    accountId: row.account_id,
    url: row.url,
    description: row.description,
    types: JSON.parse(row.types) as NotificationType[],
    state: row.state,
    secret: row.secret,
    formerSecret: former && until !== null ? { secret: former, until: new Date(until) } : null,
    failingSince: toDate(row.failing_since),
    createdAt: new Date(row.created_at),
    version: row.version,
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    accountId: row.account_id,
    webhookId: row.webhook_id,
    notificationId: row.notification_id,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: toDate(row.next_attempt_at),
    lastAttemptAt: toDate(row.last_attempt_at),
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: new Date(row.created_at),
  };
}

export function makeWebhookRepository(database: Database): WebhookRepository {
  const { db } = database;
  const due = makeWebhooksDue(database);
  const accounts = makeAccountRepository(database);
  const notifications = makeNotificationRepository(database);
  const deliveries = db
    .selectFrom('webhook_delivery')
    .innerJoin('notification', (join) =>
      join
        .onRef('notification.account_id', '=', 'webhook_delivery.account_id')
        .onRef('notification.id', '=', 'webhook_delivery.notification_id'),
    )
    .selectAll('webhook_delivery')
    .select('notification.type');

  /** Deliveries become pending: their endpoints are not passed over when they are due. */
  async function noteDue(pending: readonly Delivery[]): Promise<void> {
    const first = new Map<string, { accountId: string; at: number }>();
    for (const { accountId, nextAttemptAt, webhookId } of pending) {
      const at = toInstant(nextAttemptAt);
      if (at === null || at >= (first.get(webhookId)?.at ?? Infinity)) continue;
      first.set(webhookId, { accountId, at });
    }
    for (const [id, { accountId, at }] of first) await due.noteDue(accountId, id, at);
  }

  /** Several nodes may have listed the same: whoever writes first has it. */
  async function take(ids: readonly string[], now: number, lease: number) {
    if (ids.length === 0) return [];
    const taken = await db
      .updateTable('webhook_delivery')
      .set({ attempts: sql`attempts + 1`, next_attempt_at: now + lease })
      .where(
        'id',
        'in',
        db
          .selectFrom('webhook_delivery')
          .select('id')
          .where('id', 'in', ids)
          .where('state', '=', 'pending')
          .where('next_attempt_at', '<=', now)
          .$if(database.engine === 'postgresql', (query) => query.forUpdate().skipLocked()),
      )
      .returning(['account_id', 'id'])
      .execute();
    // What is written comes back in any order.
    return taken.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  }

  async function findDelivery(accountId: string, id: string): Promise<Delivery | undefined> {
    const row = await deliveries
      .where('webhook_delivery.account_id', '=', accountId)
      .where('webhook_delivery.id', '=', id)
      .executeTakeFirst();
    return row && toDelivery(row);
  }

  async function findWebhook(accountId: string, id: string): Promise<Webhook | undefined> {
    const row = await db
      .selectFrom('webhook')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .$if(mustLock(database), (query) => query.forUpdate())
      .executeTakeFirst();
    return row && toWebhook(row);
  }

  /** A claimed delivery with all that an attempt needs; nothing when the endpoint was deleted in between. */
  async function complete(row: { account_id: string; id: string }): Promise<ClaimedDelivery[]> {
    const accountId = row.account_id;
    const delivery = await findDelivery(accountId, row.id);
    if (!delivery) return [];
    const webhook = await findWebhook(accountId, delivery.webhookId);
    const notification = await notifications.find(accountId, delivery.notificationId);
    const account = await accounts.find(accountId);
    return webhook && notification && account
      ? [{ delivery, webhook, notification, account: account.slug }]
      : [];
  }

  return {
    async list(accountId) {
      const rows = await db
        .selectFrom('webhook')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toWebhook);
    },

    async listAccounts() {
      const rows = await db.selectFrom('webhook').select('account_id').distinct().execute();
      return rows.map((row) => row.account_id);
    },

    find: findWebhook,
    findDelivery,

    async save(webhook) {
      const values = {
        url: webhook.url,
        description: webhook.description,
        types: JSON.stringify(webhook.types),
        state: webhook.state,
        secret: webhook.secret,
        former_secret: webhook.formerSecret?.secret ?? null,
        former_secret_until: toInstant(webhook.formerSecret?.until ?? null),
        failing_since: toInstant(webhook.failingSince),
        version: webhook.version,
      };
      await db
        .insertInto('webhook')
        .values({
          ...values,
          account_id: webhook.accountId,
          id: webhook.id,
          created_at: webhook.createdAt.getTime(),
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'id']).doUpdateSet(values))
        .execute();
    },

    async remove(accountId, id) {
      await db
        .deleteFrom('webhook')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async addDeliveries(added) {
      for (let start = 0; start < added.length; start += chunk) {
        await db
          .insertInto('webhook_delivery')
          .values(
            added.slice(start, start + chunk).map((delivery) => ({
              account_id: delivery.accountId,
              id: delivery.id,
              webhook_id: delivery.webhookId,
              notification_id: delivery.notificationId,
              state: delivery.state,
              attempts: delivery.attempts,
              next_attempt_at: toInstant(delivery.nextAttemptAt),
              last_attempt_at: toInstant(delivery.lastAttemptAt),
              last_status: delivery.lastStatus,
              last_error: delivery.lastError,
              created_at: delivery.createdAt.getTime(),
            })),
          )
          .execute();
      }
      await noteDue(added);
    },

    async listDeliveries({ accountId, webhookId, state, cursor, limit }) {
      const position =
        cursor === undefined ? undefined : decodeCursor(cursorList, ['number', 'string'], cursor);
      if (cursor !== undefined && !position) return undefined;
      let query = deliveries
        .where('webhook_delivery.account_id', '=', accountId)
        .where('webhook_delivery.webhook_id', '=', webhookId)
        .orderBy('webhook_delivery.created_at', 'desc')
        .orderBy('webhook_delivery.id', 'desc')
        .limit(limit + 1);
      if (state !== undefined) query = query.where('webhook_delivery.state', '=', state);
      if (position) {
        query = query.where(
          sql<boolean>`(webhook_delivery.created_at, webhook_delivery.id) < (${position[0]}, ${position[1]})`,
        );
      }
      const rows = await query.execute();
      const items = rows.slice(0, limit).map(toDelivery);
      const last = items.at(-1);
      const isMore = last && rows.length > limit;
      return {
        items,
        nextCursor: isMore ? encodeCursor(cursorList, [last.createdAt.getTime(), last.id]) : null,
      };
    },

    async claim(now, lease, limit, busy) {
      const at = now.getTime();
      const passedOver = [...busy];
      for (;;) {
        const webhooks = await due.list(at, limit, passedOver);
        if (webhooks.length === 0) return [];
        const ids = await due.listDeliveries(webhooks, at);
        const taken = await take(ids.slice(0, limit), at, lease);
        for (const webhook of webhooks) {
          // Others may have what is due for it, or have added to it.
          if (!(await due.noteTaken(webhook, at))) passedOver.push(webhook.id);
        }
        const completed = [];
        for (const row of taken) completed.push(...(await complete(row)));
        if (completed.length > 0) return completed;
      }
    },

    async recordAttempt(delivery) {
      const { numUpdatedRows } = await db
        .updateTable('webhook_delivery')
        .set({
          state: delivery.state,
          next_attempt_at: toInstant(delivery.nextAttemptAt),
          last_attempt_at: toInstant(delivery.lastAttemptAt),
          last_status: delivery.lastStatus,
          last_error: delivery.lastError,
        })
        .where('account_id', '=', delivery.accountId)
        .where('id', '=', delivery.id)
        .where('state', '=', 'pending')
        .where('attempts', '=', delivery.attempts)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await due.noteOver(delivery.accountId, delivery.webhookId);
      return true;
    },

    async restartDelivery(delivery) {
      const { accountId, attempts, id, nextAttemptAt, state } = delivery;
      await db
        .updateTable('webhook_delivery')
        .set({ state, attempts, next_attempt_at: toInstant(nextAttemptAt) })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
      await noteDue([delivery]);
    },
  };
}
