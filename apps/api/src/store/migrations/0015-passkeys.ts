import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** Passkeys, and the challenges that were answered with one. Recovery codes stand in for either factor now: they are the person's. */
export class Passkeys extends EngineMigration {
  protected override statements({ text, instant, count, bytes, end }: Dialect): string[] {
    return [
      `create table person_passkey (
        id ${text} not null primary key,
        person_id ${text} not null references person (id) on delete cascade,
        credential_id ${text} not null unique,
        public_key ${bytes} not null,
        counter ${count} not null,
        transports ${text} not null,
        name ${text} not null,
        created_at ${instant} not null,
        last_used_at ${instant}
      )${end}`,
      'create index person_passkey_by_person on person_passkey (person_id, created_at, id)',
      `create table person_used_challenge (
        hash ${text} not null primary key,
        expires_at ${instant} not null
      )${end}`,
      'create index person_used_challenge_to_erase on person_used_challenge (expires_at)',
      `create table recovery_code_of_person (
        person_id ${text} not null references person (id) on delete cascade,
        hash ${text} not null,
        primary key (person_id, hash)
      )${end}`,
      'insert into recovery_code_of_person (person_id, hash) select person_id, hash from person_recovery_code',
      'drop table person_recovery_code',
      'alter table recovery_code_of_person rename to person_recovery_code',
    ];
  }
}
