import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** How many deliveries of one endpoint a claim takes on: one that does not answer holds up no other. */
const claimedOfOne = 2;

/** An endpoint that something may be due for. */
export interface DueWebhook {
  accountId: string;
  id: string;
  /** Counts the times that it was said when something is due. */
  changes: number;
}

/** When something is due for an endpoint, kept with it, so that no others have to be looked at: never too late, at times too early. */
export interface WebhooksDue {
  /** Active endpoints, the longest due first. @param passedOver by their ids. */
  list(now: number, limit: number, passedOver: readonly string[]): Promise<DueWebhook[]>;
  /** The ids of what is due for them, the longest due first: at most two for each. */
  listDeliveries(webhooks: readonly DueWebhook[], now: number): Promise<string[]>;
  /** Something is due then. Call it after it was written, in the same transaction. */
  noteDue(accountId: string, id: string, at: number): Promise<void>;
  /** An attempt is over: notes when the next is due. Call it as `noteDue`, in a change of the account: no other adds anything then. */
  noteOver(accountId: string, id: string): Promise<void>;
  /**
   * Something was taken on: notes when the next is due, unless something was added meanwhile, which the question may not have seen then.
   *
   * @returns whether nothing is due for the endpoint any more.
   */
  noteTaken(webhook: DueWebhook, now: number): Promise<boolean>;
}

export function makeWebhooksDue({ db }: Database): WebhooksDue {
  const next = (accountId: string, id: string) =>
    sql<number | null>`(
      select min(webhook_delivery.next_attempt_at) from webhook_delivery
      where webhook_delivery.account_id = ${accountId}
        and webhook_delivery.webhook_id = ${id} and webhook_delivery.state = 'pending'
    )`;

  return {
    async list(now, limit, passedOver) {
      let query = db
        .selectFrom('webhook')
        .select(['account_id as accountId', 'id', 'due_changes as changes'])
        .where('state', '=', sql.lit('active'))
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit);
      if (passedOver.length > 0) query = query.where('id', 'not in', passedOver);
      return query.execute();
    },

    async listDeliveries(webhooks, now) {
      const due = [];
      for (const { accountId, id } of webhooks) {
        const rows = await db
          .selectFrom('webhook_delivery')
          .select(['id', 'next_attempt_at as at'])
          .where('account_id', '=', accountId)
          .where('webhook_id', '=', id)
          .where('state', '=', sql.lit('pending'))
          .where('next_attempt_at', '<=', now)
          .orderBy('next_attempt_at')
          .limit(claimedOfOne)
          .execute();
        due.push(...rows);
      }
      return due.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)).map(({ id }) => id);
    },

    async noteDue(accountId, id, at) {
      await db
        .updateTable('webhook')
        .set({
          due_at: sql`case when due_at < ${at} then due_at else ${at} end`,
          due_changes: sql`due_changes + 1`,
        })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async noteOver(accountId, id) {
      await db
        .updateTable('webhook')
        .set({ due_at: next(accountId, id), due_changes: sql`due_changes + 1` })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async noteTaken({ accountId, changes, id }, now) {
      const noted = await db
        .updateTable('webhook')
        .set({ due_at: next(accountId, id) })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('due_changes', '=', changes)
        .returning('due_at')
        .executeTakeFirst();
      return noted !== undefined && (noted.due_at === null || noted.due_at > now);
    },
  };
}
