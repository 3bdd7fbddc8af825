import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** What finds the endpoints that something is due for, however many others there are, and however much waits for those that are paused. */
export class WebhooksDue extends EngineMigration {
  protected override statements({ instant }: Dialect): string[] {
    return [
      `alter table webhook add column due_at ${instant}`,
      'alter table webhook add column due_changes integer not null default 0',
      `update webhook set due_at = (
        select min(webhook_delivery.next_attempt_at) from webhook_delivery
        where webhook_delivery.account_id = webhook.account_id
          and webhook_delivery.webhook_id = webhook.id and webhook_delivery.state = 'pending'
      )`,
      "create index webhook_due on webhook (due_at) where state = 'active' and due_at is not null",
      'drop index webhook_delivery_due',
    ];
  }
}
