import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UnderscoreNamingStrategy } from '@mikro-orm/core';
import { sql } from 'kysely';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { openInProcesses } from '../../test/contracts/open-in-processes.ts';
import { engines, makeDatabase, onSameServer, type TestDatabase } from '../../test/databases.ts';
import { entities } from './entities/index.ts';
import { DatabaseTooNewError, DatabaseUnavailableError, openStore } from './index.ts';

const naming = new UnderscoreNamingStrategy();
const run = promisify(execFile);

async function readColumns({ kysely, engine }: Awaited<ReturnType<TestDatabase['open']>>) {
  const { rows } = await (
    engine === 'sqlite'
      ? sql<{ table: string; column: string; nullable: number }>`
          select t.name as "table", c.name as "column", not c."notnull" as nullable
          from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table'`
      : sql<{ table: string; column: string; nullable: number }>`
          select table_name as "table", column_name as "column",
            case is_nullable when 'YES' then 1 else 0 end as nullable
          from information_schema.columns where table_schema = 'public'`
  ).execute(kysely);
  return rows;
}

describe.each(engines)('opening the store on %s', (engine) => {
  const databases: TestDatabase[] = [];
  const make = async () => {
    const database = await makeDatabase(engine);
    databases.push(database);
    return database;
  };
  afterAll(() => Promise.all(databases.map((database) => database.remove())));

  it('migrates an empty database and finds it migrated the next time', async () => {
    const database = await make();
    const first = await database.open();
    const { id } = await first.store.instance.read();
    const second = await database.open();
    expect(await second.store.instance.read()).toEqual({ id, administratorId: null });
    await expect(second.ping()).resolves.toBeUndefined();
  });

  it('lets nodes that start at once on an empty database migrate it once', async () => {
    const { url } = await make();
    const ids = await openInProcesses(url, 4);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses a database that is newer than the code, and leaves it as it is', async () => {
    const database = await make();
    const { kysely } = await database.open();
    await sql`insert into migration (name) values ('9999-hovering')`.execute(kysely);
    await expect(openStore(database.url)).rejects.toThrow(DatabaseTooNewError);
    await expect(openStore(database.url)).rejects.toThrow(/^DATABASE_URL: .*9999-hovering.*$/);
    await sql`delete from migration where name = '9999-hovering'`.execute(kysely);
    await expect(database.open()).resolves.toBeDefined();
  });

  it('has every column that the entities name, nullable or not, and no other', async () => {
    const opened = await (await make()).open();
    const columns = await readColumns(opened);
    for (const entity of entities) {
      const properties = Object.entries(entity.meta.properties).map(
        ([name, { nullable }]) =>
          `${naming.propertyToColumnName(name)} ${String(nullable ?? false)}`,
      );
      const found = columns
        .filter(({ table, column }) => table === entity.tableName && column !== 'number')
        .map(({ column, nullable }) => `${column} ${String(nullable === 1)}`)
        // On SQLite it is the primary key, which is never null.
        .map((column) => (column === 'search_row false' ? 'search_row true' : column));
      expect([entity.tableName, ...found.toSorted()]).toEqual([
        entity.tableName,
        ...properties.toSorted(),
      ]);
    }
  });
});

describe('opening an SQLite file', () => {
  const folders: string[] = [];
  const makeFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-open-'));
    folders.push(folder);
    return folder;
  };
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  it('makes the folder and keeps what was committed whatever happens to the machine', async () => {
    const folder = await makeFolder();
    const { kysely, close } = await openStore(`sqlite:${join(folder, 'a/b/latchkey.db')}`);
    const read = async (pragma: string) => {
      const { rows } = await sql<object>`${sql.raw(`pragma ${pragma}`)}`.execute(kysely);
      return Object.values(rows[0] ?? {})[0] as unknown;
    };
    expect(await read('journal_mode')).toBe('wal');
    expect(await read('synchronous')).toBe(2);
    expect(await read('foreign_keys')).toBe(1);
    await close();
    expect(await readdir(join(folder, 'a/b'))).toEqual(['latchkey.db']);
  });

  it('waits for its turn where several find what a killed process left behind', async () => {
    const path = join(await makeFolder(), 'latchkey.db');
    const { close } = await openStore(`sqlite:${path}`);
    await close();
    // So much that to look after it takes a while, during which nobody else is let in.
    const left = `
      const file = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
      file.exec('pragma synchronous = off; pragma wal_autocheckpoint = 0; create table large (bytes)');
      file.exec('insert into large values (zeroblob(100000000)); drop table large');
      process.kill(process.pid, 'SIGKILL');
    `;
    await expect(run(process.execPath, ['-e', left, path])).rejects.toMatchObject({
      signal: 'SIGKILL',
    });
    const ids = await openInProcesses(`sqlite:${path}`, 4);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says in one line that it cannot write there, or that the file is no database', async () => {
    const file = join(await makeFolder(), 'file');
    await writeFile(
      file,
      'This is a text, and a long one, that is no database at all.\n'.repeat(50),
    );
    for (const path of [file, join(file, 'latchkey.db')]) {
      const opening = openStore(`sqlite:${path}`);
      await expect(opening).rejects.toThrow(DatabaseUnavailableError);
      await expect(opening).rejects.toThrow(/^DATABASE_URL: .*file.*$/);
    }
  });
});

describe('opening a PostgreSQL database', () => {
  it('says in one line that the server does not answer or knows no such database', async () => {
    const server = new URL(inject('postgresqlUrl'));
    for (const url of [
      'postgres://ana:top-secret@127.0.0.1:1/latchkey',
      `postgres://ana:top-secret@${server.host}/latchkey`,
      onSameServer('no_such_database'),
    ]) {
      const opening = openStore(url);
      await expect(opening).rejects.toThrow(DatabaseUnavailableError);
      await expect(opening).rejects.toThrow(/^DATABASE_URL: cannot use the database at [^\n]*$/);
      await expect(opening).rejects.not.toThrow(/top-secret/);
    }
  });
});
