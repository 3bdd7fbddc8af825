import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** Keys with their tokens, links and usage, and what other accounts grant to them. */
export class Keys extends EngineMigration {
  protected override statements(dialect: Dialect, engine: Engine): string[] {
    const { text, instant, count, bytes, end } = dialect;
    const keyKeys =
      engine === 'sqlite'
        ? ['search_row integer primary key', 'unique (account_id, id)']
        : ['search_row bigint check (search_row is null)', 'primary key (account_id, id)'];
    return [
      `create table issued_identifier (
        identifier ${text} not null primary key,
        account_id ${text} not null references account (id)
      )${end}`,
      `create table api_key (
        ${String(keyKeys[0])},
        account_id ${text} not null references account (id),
        id ${text} not null unique,
        identifier ${text} not null unique,
        name ${text} not null,
        sort_name ${text} not null,
        search_text ${text} not null,
        status ${text} not null check (status in ('active', 'inactive')),
        created_at ${instant} not null,
        expires_at ${instant},
        last_used_at ${instant} not null default 0,
        renewal_started_at ${instant},
        complete_at ${instant},
        three_months_old_at ${instant} not null,
        six_months_old_at ${instant} not null,
        nine_months_old_at ${instant} not null,
        link_id ${text},
        version integer not null,
        ${String(keyKeys[1])},
        constraint api_key_completes_renewal check (complete_at is null or renewal_started_at is not null)
      )${end}`,
      // One index for each way to sort, alone and within a status; the id makes each position unique.
      'create index api_key_by_name on api_key (account_id, sort_name, id)',
      'create index api_key_by_creation on api_key (account_id, created_at, id)',
      'create index api_key_by_use on api_key (account_id, last_used_at, id)',
      'create index api_key_by_status_and_name on api_key (account_id, status, sort_name, id)',
      'create index api_key_by_status_and_creation on api_key (account_id, status, created_at, id)',
      'create index api_key_by_status_and_use on api_key (account_id, status, last_used_at, id)',
      'create index api_key_by_age on api_key (account_id, three_months_old_at, six_months_old_at, nine_months_old_at)',
      'create index api_key_by_completion on api_key (complete_at) where complete_at is not null',
      `create table api_key_role (
        account_id ${text} not null,
        key_id ${text} not null,
        role_id ${text} not null,
        primary key (account_id, key_id, role_id),
        foreign key (account_id, key_id) references api_key (account_id, id) on delete cascade,
        foreign key (account_id, role_id) references role (account_id, id)
      )${end}`,
      'create index api_key_role_by_role on api_key_role (account_id, role_id, key_id)',
      `create table api_token (
        account_id ${text} not null,
        id ${text} not null,
        key_id ${text} not null,
        hash ${text} not null unique,
        slot ${text} not null check (slot in ('current', 'old')),
        created_at ${instant} not null,
        delivered_at ${instant},
        last_used_at ${instant} not null default 0,
        primary key (account_id, id),
        unique (account_id, key_id, slot),
        foreign key (account_id, key_id) references api_key (account_id, id) on delete cascade
      )${end}`,
      `create table link (
        account_id ${text} not null,
        id ${text} not null unique,
        key_id ${text} not null,
        token_id ${text} not null,
        hash ${text} not null unique,
        created_at ${instant} not null,
        expires_at ${instant} not null,
        state ${text} not null check (state in ('unread', 'redeemed', 'withdrawn')),
        ciphertext ${bytes},
        redeemed_at ${instant},
        redeemed_from ${text},
        attempt_noted_at ${instant} not null default 0,
        primary key (account_id, id),
        foreign key (account_id, key_id) references api_key (account_id, id) on delete cascade,
        constraint link_erased_when_gone check (state = 'unread' or ciphertext is null),
        constraint link_redeemed_at_a_time check ((state = 'redeemed') = (redeemed_at is not null))
      )${end}`,
      'create index link_by_key on link (account_id, key_id)',
      'create index link_to_erase on link (expires_at) where ciphertext is not null',
      `create table usage_day (
        account_id ${text} not null,
        key_id ${text} not null,
        day ${text} not null,
        token_id ${text} not null,
        count ${count} not null,
        primary key (account_id, key_id, day, token_id),
        foreign key (account_id, key_id) references api_key (account_id, id) on delete cascade
      )${end}`,
      `create table external_key (
        account_id ${text} not null references account (id),
        id ${text} not null,
        key_id ${text} not null,
        identifier ${text} not null,
        owner ${text} not null,
        added_at ${instant} not null,
        version integer not null,
        primary key (account_id, id),
        unique (account_id, key_id)
      )${end}`,
      `create table external_key_role (
        account_id ${text} not null,
        external_key_id ${text} not null,
        role_id ${text} not null,
        primary key (account_id, external_key_id, role_id),
        foreign key (account_id, external_key_id) references external_key (account_id, id) on delete cascade,
        foreign key (account_id, role_id) references role (account_id, id)
      )${end}`,
      'create index external_key_role_by_role on external_key_role (account_id, role_id)',
    ];
  }
}
