import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** What accounts are told of, and how: webhooks with their deliveries, and mails to members. */
export class Notifications extends EngineMigration {
  protected override statements({ text, instant, count, bytes, end }: Dialect): string[] {
    return [
      `create table notification (
        account_id ${text} not null references account (id),
        id ${text} not null,
        type ${text} not null,
        at ${instant} not null,
        data ${text} not null,
        primary key (account_id, id)
      )${end}`,
      'create index notification_by_time on notification (account_id, type, at)',
      'create index notification_to_erase on notification (at)',
      `create table told_once (
        account_id ${text} not null references account (id),
        type ${text} not null,
        subject ${text} not null,
        about ${text} not null,
        at ${instant} not null,
        primary key (account_id, type, subject, about)
      )${end}`,
      'create index told_once_to_erase on told_once (at)',
      `create table failed_verification (
        account_id ${text} not null references account (id),
        key_id ${text} not null,
        window_at ${instant} not null,
        count ${count} not null,
        primary key (account_id, key_id, window_at)
      )${end}`,
      'create index failed_verification_to_erase on failed_verification (window_at)',
      `create table webhook (
        account_id ${text} not null references account (id),
        id ${text} not null,
        url ${text} not null,
        description ${text} not null,
        types ${text} not null,
        state ${text} not null check (state in ('active', 'paused', 'disabled')),
        secret ${bytes} not null,
        former_secret ${bytes},
        former_secret_until ${instant},
        failing_since ${instant},
        created_at ${instant} not null,
        version integer not null,
        primary key (account_id, id),
        constraint webhook_former_secret_for_a_time check ((former_secret is null) = (former_secret_until is null))
      )${end}`,
      `create table webhook_delivery (
        account_id ${text} not null,
        id ${text} not null unique,
        webhook_id ${text} not null,
        notification_id ${text} not null,
        state ${text} not null check (state in ('pending', 'succeeded', 'failed')),
        attempts integer not null,
        next_attempt_at ${instant},
        last_attempt_at ${instant},
        last_status integer,
        last_error ${text},
        created_at ${instant} not null,
        primary key (account_id, id),
        foreign key (account_id, webhook_id) references webhook (account_id, id) on delete cascade,
        foreign key (account_id, notification_id) references notification (account_id, id) on delete cascade,
        constraint webhook_delivery_pending_until_over check ((state = 'pending') = (next_attempt_at is not null))
      )${end}`,
      'create index webhook_delivery_by_webhook on webhook_delivery (account_id, webhook_id, created_at, id)',
      'create index webhook_delivery_by_notification on webhook_delivery (account_id, notification_id)',
      "create index webhook_delivery_to_send on webhook_delivery (account_id, webhook_id, next_attempt_at) where state = 'pending'",
      "create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'pending'",
      `create table mail (
        account_id ${text} not null,
        id ${text} not null unique,
        member_id ${text} not null,
        notification_id ${text},
        digest_until ${instant},
        attempts integer not null,
        next_attempt_at ${instant},
        created_at ${instant} not null,
        primary key (account_id, id),
        unique (account_id, member_id, notification_id),
        unique (account_id, member_id, digest_until),
        foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
        foreign key (account_id, notification_id) references notification (account_id, id) on delete cascade,
        constraint mail_about_one_thing check ((notification_id is null) <> (digest_until is null))
      )${end}`,
      'create index mail_by_notification on mail (account_id, notification_id)',
      'create index mail_due on mail (next_attempt_at) where next_attempt_at is not null',
      'create index mail_to_erase on mail (created_at)',
      `create table mail_preference (
        account_id ${text} not null,
        member_id ${text} not null,
        events integer not null check (events in (0, 1)),
        digest integer not null check (digest in (0, 1)),
        language ${text} not null,
        primary key (account_id, member_id),
        foreign key (account_id, member_id) references member (account_id, id) on delete cascade
      )${end}`,
      `alter table account add column alerts_told_until ${instant} not null default 0`,
    ];
  }
}
