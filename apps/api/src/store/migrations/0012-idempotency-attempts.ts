import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** Which request has an idempotency key, and whether what it asked for is done: written in the transaction of the change itself. */
export class IdempotencyAttempts extends EngineMigration {
  protected override statements({ text }: Dialect): string[] {
    return [
      `alter table idempotency_record add column attempt ${text} not null default ''`,
      'alter table idempotency_record add column is_done integer not null default 0 check (is_done in (0, 1))',
      'update idempotency_record set is_done = 1 where response is not null',
    ];
  }
}
