import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** The audit log, and the requests that named an idempotency key. */
export class Audit extends EngineMigration {
  protected override statements({ text, instant, count, bytes, end }: Dialect): string[] {
    return [
      `create table audit_event (
        account_id ${text} not null references account (id),
        sequence ${count} not null,
        id ${text} not null,
        at ${instant} not null,
        actor_kind ${text} not null,
        actor_id ${text},
        actor_name ${text} not null,
        actor_text ${text} not null,
        action ${text} not null,
        key_id ${text},
        subject ${text} not null,
        details ${text} not null,
        from_address ${text},
        previous_hash ${text} not null,
        hash ${text} not null,
        primary key (account_id, sequence)
      )${end}`,
      'create index audit_event_by_key on audit_event (account_id, key_id, sequence)',
      'create index audit_event_by_actor on audit_event (account_id, actor_id, sequence)',
      'create index audit_event_by_action on audit_event (account_id, action, sequence)',
      `create table audit_head (
        account_id ${text} not null primary key references account (id),
        sequence ${count} not null,
        hash ${text} not null
      )${end}`,
      `create table idempotency_record (
        scope ${text} not null,
        key_hash ${text} not null,
        fingerprint ${text} not null,
        response ${bytes},
        created_at ${instant} not null,
        primary key (scope, key_hash)
      )${end}`,
      'create index idempotency_record_by_age on idempotency_record (created_at)',
    ];
  }
}
