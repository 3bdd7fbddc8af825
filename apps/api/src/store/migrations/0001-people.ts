import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** The people who sign in: better-auth's tables under names of ours. */
export class People extends EngineMigration {
  protected override statements({ text, time, boolean, end }: Dialect): string[] {
    return [
      `create table person (
        id ${text} not null primary key,
        name ${text} not null,
        email ${text} not null unique,
        email_verified ${boolean} not null,
        image ${text},
        created_at ${time} not null,
        updated_at ${time} not null
      )${end}`,
      `create table person_session (
        id ${text} not null primary key,
        person_id ${text} not null references person (id) on delete cascade,
        token ${text} not null unique,
        expires_at ${time} not null,
        ip_address ${text},
        user_agent ${text},
        created_at ${time} not null,
        updated_at ${time} not null
      )${end}`,
      'create index person_session_by_person on person_session (person_id)',
      `create table person_credential (
        id ${text} not null primary key,
        person_id ${text} not null references person (id) on delete cascade,
        provider_id ${text} not null,
        provider_account_id ${text} not null,
        access_token ${text},
        refresh_token ${text},
        id_token ${text},
        access_token_expires_at ${time},
        refresh_token_expires_at ${time},
        scope ${text},
        password ${text},
        created_at ${time} not null,
        updated_at ${time} not null
      )${end}`,
      'create index person_credential_by_person on person_credential (person_id)',
      `create table person_verification (
        id ${text} not null primary key,
        identifier ${text} not null,
        value ${text} not null,
        expires_at ${time} not null,
        created_at ${time} not null,
        updated_at ${time} not null
      )${end}`,
      'create index person_verification_by_identifier on person_verification (identifier)',
    ];
  }
}
