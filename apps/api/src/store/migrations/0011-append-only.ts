import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** Audit events are only ever added: the database itself refuses to change or delete one. */
export class AppendOnly extends EngineMigration {
  protected override statements(_dialect: Dialect, engine: Engine): string[] {
    return [
      // The last refusal of each actor and permission, which decides whether another one is noted.
      "create index audit_event_refused on audit_event (account_id, actor_id, subject, sequence) where action = 'access.refused'",
      ...(engine === 'sqlite'
        ? ['update', 'delete'].map(
            (change) =>
              `create trigger audit_event_refuses_${change} before ${change} on audit_event
              begin select raise(abort, 'Audit events are only ever added.'); end`,
          )
        : [
            `create function refuse_change_of_audit_event() returns trigger language plpgsql as $$
              begin raise exception 'Audit events are only ever added.'; end
            $$`,
            `create trigger audit_event_refuses_change before update or delete or truncate on audit_event
              for each statement execute function refuse_change_of_audit_event()`,
          ]),
    ];
  }
}
