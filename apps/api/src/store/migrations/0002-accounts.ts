import { randomUUID } from 'node:crypto';
import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** The instance, its accounts, and their roles and members. */
export class Accounts extends EngineMigration {
  protected override statements({ text, instant, end }: Dialect, engine: Engine): string[] {
    // The search index numbers its rows by account: see the migration of the key search.
    const accountKey =
      engine === 'sqlite'
        ? 'number integer primary key autoincrement, id text not null unique'
        : `id ${text} not null primary key`;
    return [
      `create table instance (
        only_row integer not null primary key check (only_row = 1),
        id ${text} not null,
        administrator_person_id ${text},
        secret_check ${text}
      )${end}`,
      `insert into instance (only_row, id) values (1, '${randomUUID()}')`,
      `create table account (
        ${accountKey},
        slug ${text} not null unique,
        name ${text} not null,
        renewal_period_months integer not null check (renewal_period_months in (3, 6)),
        created_at ${instant} not null
      )${end}`,
      `create table role (
        account_id ${text} not null references account (id),
        id ${text} not null,
        name ${text} not null,
        folded_name ${text} not null,
        description ${text} not null,
        permissions ${text} not null,
        predefined ${text} check (predefined in ('owner', 'viewer')),
        created_at ${instant} not null,
        primary key (account_id, id),
        constraint role_name_taken unique (account_id, folded_name)
      )${end}`,
      `create table member (
        account_id ${text} not null references account (id),
        id ${text} not null,
        email ${text} not null,
        name ${text} not null,
        created_at ${instant} not null,
        person_id ${text},
        joined_at ${instant},
        invitation_hash ${text} unique,
        invitation_expires_at ${instant},
        primary key (account_id, id),
        constraint member_email_taken unique (account_id, email),
        constraint member_person_taken unique (account_id, person_id),
        constraint member_invited_or_active check (
          (person_id is null) = (joined_at is null)
          and (invitation_hash is null) = (invitation_expires_at is null)
          and (person_id is null) <> (invitation_hash is null)
        )
      )${end}`,
      'create index member_by_person on member (person_id)',
      `create table member_role (
        account_id ${text} not null,
        member_id ${text} not null,
        role_id ${text} not null,
        primary key (account_id, member_id, role_id),
        foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
        foreign key (account_id, role_id) references role (account_id, id)
      )${end}`,
      'create index member_role_by_role on member_role (account_id, role_id)',
    ];
  }
}
