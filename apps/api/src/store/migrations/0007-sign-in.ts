import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** What people sign in with besides a password: the codes of an authenticator app. */
export class SignIn extends EngineMigration {
  protected override statements({ text, instant, count, bytes, end }: Dialect): string[] {
    return [
      `create table person_second_factor (
        person_id ${text} not null primary key references person (id) on delete cascade,
        sealed_secret ${bytes} not null,
        last_step ${count} not null,
        created_at ${instant} not null
      )${end}`,
      `create table person_recovery_code (
        person_id ${text} not null references person_second_factor (person_id) on delete cascade,
        hash ${text} not null,
        primary key (person_id, hash)
      )${end}`,
    ];
  }
}
