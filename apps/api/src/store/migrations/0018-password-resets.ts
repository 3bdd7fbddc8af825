import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** The links by which people who forgot their password choose a new one: one for each person, the newest. */
export class PasswordResets extends EngineMigration {
  protected override statements({ text, instant, end }: Dialect): string[] {
    return [
      `create table person_password_reset (
        person_id ${text} not null primary key references person (id) on delete cascade,
        hash ${text} not null unique,
        expires_at ${instant} not null
      )${end}`,
      'create index person_password_reset_to_erase on person_password_reset (expires_at)',
    ];
  }
}
