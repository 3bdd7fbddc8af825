import { UnderscoreNamingStrategy } from '@mikro-orm/core';
import { sql, type Kysely } from 'kysely';
import { connect, unavailable } from '../connect.ts';
import type { Engine, Tables } from '../database.ts';
import { parseDatabaseUrl } from '../database-url.ts';
import { StoreError } from '../errors.ts';
import { migrate, readMigrations } from '../migrations/migrate.ts';
import {
  archiveEnd,
  archivedRow,
  archiveHead,
  archivedTables,
  tableOf,
  tables,
  type ArchivedRow,
  type ArchivedValue,
} from './format.ts';

/** How many rows are written at a time. */
const batchSize = 200;

/**
 * How long to wait for a table that another holds, in milliseconds: well below the second after which PostgreSQL looks for those who wait
 * in a circle, and ends one of them.
 */
const shortWait = 100;

/** How long to go on trying to have all tables, in milliseconds. */
const patience = 60_000;

/** PostgreSQL's code for "it was not to be had in that time". */
const lockNotAvailable = '55P03';

const naming = new UnderscoreNamingStrategy();

/** What cannot be restored, and why. */
class ArchiveError extends StoreError {
  override name = 'ArchiveError';
}

/** Puts a value as the engine keeps it. */
function restoreValue(engine: Engine, type: string, value: ArchivedValue): unknown {
  if (typeof value === 'object' && value !== null) return Buffer.from(value.bytes, 'base64');
  if (type !== 'boolean' || value === null) return value;
  return engine === 'sqlite' ? Number(value) : Boolean(value);
}

/**
 * Takes all tables for this transaction alone. Those who are at work hold some tables when they ask for others: whoever took one table
 * after the other would soon wait in a circle with them. So it waits for none long, and lets go of all that it has before it tries again.
 */
async function lockTables(db: Kysely<Tables>): Promise<void> {
  const all = sql.join(tables.map((entity) => sql.table(tableOf(entity))));
  const deadline = performance.now() + patience;
  await sql`set local lock_timeout = ${sql.lit(shortWait)}`.execute(db);
  for (;;) {
    await sql`savepoint unlocked`.execute(db);
    try {
      await sql`lock table ${all} in access exclusive mode`.execute(db);
      break;
    } catch (error) {
      const isHeld = error instanceof Error && 'code' in error && error.code === lockNotAvailable;
      if (!isHeld || performance.now() > deadline) throw error;
    }
    await sql`rollback to savepoint unlocked`.execute(db);
  }
  await sql`set local lock_timeout = 0`.execute(db);
}

/** Lets rows be written as they were, without what the database itself adds to them. @returns how to end that. */
async function suspendTriggers(db: Kysely<Tables>, engine: Engine): Promise<() => Promise<void>> {
  if (engine === 'postgresql') {
    const all = async (word: 'disable' | 'enable') => {
      for (const entity of tables) {
        const table = sql.table(tableOf(entity));
        await sql`alter table ${table} ${sql.raw(word)} trigger user`.execute(db);
      }
    };
    await all('disable');
    return async () => all('enable');
  }
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_schema where type = 'trigger'
  `.execute(db);
  for (const { name } of rows) await sql`drop trigger ${sql.id(name)}`.execute(db);
  return async () => {
    for (const trigger of rows) await sql.raw(trigger.sql).execute(db);
  };
}

async function empty(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'postgresql') {
    await sql`truncate ${sql.join(tables.map((entity) => sql.table(tableOf(entity))))}`.execute(db);
    return;
  }
  for (const entity of tables.toReversed()) {
    await sql`delete from ${sql.table(tableOf(entity))}`.execute(db);
  }
}

/** Writes batches of rows into one table after the other. */
class RowWriter {
  readonly #db: Kysely<Tables>;
  readonly #engine: Engine;
  #batch: ArchivedRow[] = [];
  count = 0;

  constructor(db: Kysely<Tables>, engine: Engine) {
    this.#db = db;
    this.#engine = engine;
  }

  async write(row: ArchivedRow): Promise<void> {
    if (this.#batch.length === batchSize || this.#batch[0]?.table !== row.table) await this.flush();
    this.#batch.push(row);
  }

  async flush(): Promise<void> {
    const [first] = this.#batch;
    if (!first) return;
    const entity = archivedTables.find((one) => tableOf(one) === first.table);
    if (!entity) throw new ArchiveError(`The archive has a table ${first.table} of no use here.`);
    const types = new Map(
      Object.entries(entity.meta.properties).map(([name, { runtimeType }]) => [
        naming.propertyToColumnName(name),
        String(runtimeType),
      ]),
    );
    const columns = Object.keys(first.row);
    const values = this.#batch.map(({ row }) =>
      columns.map((column) =>
        restoreValue(this.#engine, types.get(column) ?? '', row[column] ?? null),
      ),
    );
    await sql`
      insert into ${sql.table(first.table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(values.map((row) => sql`(${sql.join(row)})`))}
    `.execute(this.#db);
    this.count += this.#batch.length;
    this.#batch = [];
  }
}

/** What stands for rows on SQLite alone: the numbers of the search index, by account, and the index itself. */
async function rebuildSearch(db: Kysely<Tables>): Promise<void> {
  await sql`
    update api_key set search_row =
      (select number from account where account.id = api_key.account_id) * 4294967296 + search_row
  `.execute(db);
  await sql`insert into key_search (key_search) values ('rebuild')`.execute(db);
}

/** Tells every running node that nothing it knows holds any more. */
async function disturbNodes(db: Kysely<Tables>, engine: Engine): Promise<void> {
  if (engine === 'sqlite') {
    // A gap in the numbers of the changes says that some were missed.
    await sql`
      insert into change (sequence, account_id)
      select coalesce(max(seq), 0) + 2, '' from sqlite_sequence where name = 'change'
    `.execute(db);
    return;
  }
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'latchkey changes'
  `.execute(db);
}

function parseLine<T>(schema: { safeParse(line: unknown): { data?: T } }, line: string): T {
  let data: T | undefined;
  try {
    ({ data } = schema.safeParse(JSON.parse(line)));
  } catch {
    // Said below: it is no archive, or only half of one.
  }
  if (data === undefined)
    throw new ArchiveError('This is no archive of Latchkey, or not all of it.');
  return data;
}

/** Restores the lines of an archive in the transaction at hand. @returns how many rows. */
async function restoreLines(
  db: Kysely<Tables>,
  engine: Engine,
  lines: AsyncIterator<string>,
): Promise<number> {
  if (engine === 'postgresql') await lockTables(db);
  const resume = await suspendTriggers(db, engine);
  await empty(db, engine);
  const writer = new RowWriter(db, engine);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw new ArchiveError('This archive breaks off before its end.');
    const line = parseLine(archivedRow.or(archiveEnd), next.value);
    if ('row' in line) {
      await writer.write(line);
      continue;
    }
    await writer.flush();
    if (line.rows !== writer.count) throw new ArchiveError('Rows are missing in this archive.');
    if (engine === 'sqlite') await rebuildSearch(db);
    await resume();
    return writer.count;
  }
}

/**
 * Puts an archive in the place of everything that the database holds, all or nothing, also while nodes run on it: they forget what they
 * knew, and everybody is signed out.
 *
 * @param lines of the archive.
 * @param replaceAll whether what a claimed instance holds may go.
 * @param checks what this server's secrets derive to recognise a database by; see `InstanceRepository.recognise`.
 * @returns how many rows it wrote.
 * @throws {StoreError} with one line for the operator; nothing has changed then.
 */
export async function restore(
  databaseUrl: string,
  lines: AsyncIterable<string>,
  replaceAll: boolean,
  checks: readonly string[],
): Promise<number> {
  const location = parseDatabaseUrl(databaseUrl);
  const orm = connect(location);
  try {
    await orm.connect();
    await migrate(orm, location.engine);
    const db = orm.em.getKysely<Tables>();
    const reading = lines[Symbol.asyncIterator]();
    const first = await reading.next();
    const head = parseLine(archiveHead, first.done === true ? '' : first.value);
    const count = await db.transaction().execute(async (transaction) => {
      const known = await readMigrations(transaction);
      if (head.migrations.join() !== known.join()) {
        throw new ArchiveError(
          `This archive is of another schema (up to ${head.migrations.at(-1) ?? 'none'}, here ${known.at(-1) ?? 'none'}): restore it with the release that made it, then update.`,
        );
      }
      const { administrator_person_id: claimed } = await transaction
        .selectFrom('instance')
        .select('administrator_person_id')
        .executeTakeFirstOrThrow();
      if (claimed !== null && !replaceAll) {
        throw new ArchiveError(
          'This database is in use: what it holds would be lost. Say --replace if that is meant.',
        );
      }
      const restored = await restoreLines(transaction, location.engine, reading);
      const { secret_check: check } = await transaction
        .selectFrom('instance')
        .select('secret_check')
        .executeTakeFirstOrThrow();
      if (check !== null && !checks.includes(check)) {
        throw new ArchiveError(
          'LATCHKEY_SECRET: expected the secret that this archive was made with; under another one no token would verify.',
        );
      }
      if (location.engine === 'sqlite') await disturbNodes(transaction, location.engine);
      return restored;
    });
    if (location.engine === 'postgresql') await disturbNodes(db, location.engine);
    return count;
  } catch (error) {
    throw unavailable(location, error);
  } finally {
    await orm.close(true);
  }
}
