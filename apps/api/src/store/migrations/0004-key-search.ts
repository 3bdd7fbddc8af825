import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/**
 * A trigram index over the keys' search text. On SQLite it is an FTS5 table that triggers keep in step; its rows are numbered by account
 * (`account.number * 2^32 + n`), so that a search reads one account's range of them.
 */
const search: Record<Engine, readonly string[]> = {
  sqlite: [
    `create virtual table key_search using fts5(
      search_text, content = 'api_key', content_rowid = 'search_row', columnsize = 0,
      tokenize = 'trigram case_sensitive 1'
    )`,
    `create trigger key_search_added after insert on api_key begin
      insert into key_search (rowid, search_text) values (new.search_row, new.search_text);
    end`,
    `create trigger key_search_removed after delete on api_key begin
      insert into key_search (key_search, rowid, search_text)
      values ('delete', old.search_row, old.search_text);
    end`,
    `create trigger key_search_changed after update of search_text on api_key
      when old.search_text <> new.search_text begin
      insert into key_search (key_search, rowid, search_text)
      values ('delete', old.search_row, old.search_text);
      insert into key_search (rowid, search_text) values (new.search_row, new.search_text);
    end`,
  ],
  postgresql: [
    'create extension if not exists pg_trgm',
    'create index key_search on api_key using gin (search_text gin_trgm_ops)',
  ],
};

/** How many keys of each status an account has, so that the list's total needs no counting. */
const countTriggers: Record<Engine, readonly string[]> = {
  sqlite: [
    `create trigger key_count_added after insert on api_key begin
      update key_count set active = active + (new.status = 'active'), inactive = inactive + (new.status = 'inactive')
      where account_id = new.account_id;
    end`,
    `create trigger key_count_removed after delete on api_key begin
      update key_count set active = active - (old.status = 'active'), inactive = inactive - (old.status = 'inactive')
      where account_id = old.account_id;
    end`,
    `create trigger key_count_changed after update of status on api_key
      when old.status <> new.status begin
      update key_count set
        active = active + (new.status = 'active') - (old.status = 'active'),
        inactive = inactive + (new.status = 'inactive') - (old.status = 'inactive')
      where account_id = new.account_id;
    end`,
  ],
  postgresql: [
    `create function count_keys() returns trigger language plpgsql as $$
    begin
      update key_count c
      set active = c.active + n.active * tg_argv[0]::int, inactive = c.inactive + n.inactive * tg_argv[0]::int
      from (
        select account_id,
          count(*) filter (where status = 'active') as active,
          count(*) filter (where status = 'inactive') as inactive
        from counted group by account_id
      ) n
      where c.account_id = n.account_id;
      return null;
    end $$`,
    `create trigger key_count_added after insert on api_key
      referencing new table as counted for each statement execute function count_keys('1')`,
    `create trigger key_count_removed after delete on api_key
      referencing old table as counted for each statement execute function count_keys('-1')`,
    `create function recount_key() returns trigger language plpgsql as $$
    begin
      update key_count set
        active = active + (new.status = 'active')::int - (old.status = 'active')::int,
        inactive = inactive + (new.status = 'inactive')::int - (old.status = 'inactive')::int
      where account_id = new.account_id;
      return null;
    end $$`,
    `create trigger key_count_changed after update of status on api_key for each row
      when (old.status <> new.status) execute function recount_key()`,
  ],
};

/** What the list of keys needs to stay fast at a million keys. */
export class KeySearch extends EngineMigration {
  protected override statements({ text, count, end }: Dialect, engine: Engine): string[] {
    return [
      `create table key_count (
        account_id ${text} not null primary key references account (id),
        active ${count} not null,
        inactive ${count} not null
      )${end}`,
      ...countTriggers[engine],
      ...search[engine],
    ];
  }
}
