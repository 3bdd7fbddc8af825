import { sql, type Kysely } from 'kysely';
import { UnderscoreNamingStrategy } from '@mikro-orm/core';
import { connect, unavailable } from '../connect.ts';
import type { Engine, Tables } from '../database.ts';
import { parseDatabaseUrl } from '../database-url.ts';
import { readMigrations } from '../migrations/migrate.ts';
import {
  archivedTables,
  tableOf,
  type ArchivedRow,
  type ArchivedValue,
  type ArchiveHead,
} from './format.ts';

/** How many rows are in memory at a time. */
const pageSize = 1000;

/** Each engine's way to look at one moment of the database without holding a writer up. */
const snapshots: Record<Engine, string> = {
  sqlite: 'begin',
  postgresql: 'begin transaction isolation level repeatable read read only',
};

/** Numbers of SQLite's own, which a row gets anew where it is restored. */
const engineColumns = new Set(['number', 'search_row']);

const naming = new UnderscoreNamingStrategy();

function archiveValue(value: unknown): ArchivedValue {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Date) return value.toISOString();
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  throw new TypeError(`An archive has no form for a ${typeof value}.`);
}

/** Walks a table in the order of its primary key, a page at a time. */
async function* readTable(
  db: Kysely<Tables>,
  entity: (typeof archivedTables)[number],
): AsyncIterable<ArchivedRow> {
  const table = tableOf(entity);
  const keys = Object.entries(entity.meta.properties)
    .filter(([, { primary }]) => primary === true)
    .map(([name]) => naming.propertyToColumnName(name));
  const columns = sql.join(keys.map((key) => sql.ref(key)));
  let last: Record<string, unknown> | undefined;
  do {
    const after = last;
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)}
      ${after ? sql`where (${columns}) > (${sql.join(keys.map((key) => after[key]))})` : sql``}
      order by ${columns} limit ${pageSize}
    `.execute(db);
    for (const row of rows) {
      const kept = Object.entries(row).filter(([column]) => !engineColumns.has(column));
      yield {
        table,
        row: Object.fromEntries(kept.map(([column, value]) => [column, archiveValue(value)])),
      };
    }
    last = rows.length === pageSize ? rows.at(-1) : undefined;
  } while (last);
}

/** Takes the lines of an archive, one after the other. */
export type WriteLine = (line: ArchiveHead | ArchivedRow | { rows: number }) => Promise<void>;

async function readDatabase(db: Kysely<Tables>, now: Date, write: WriteLine): Promise<number> {
  const migrations = await readMigrations(db);
  await write({ format: 'latchkey-archive-1', madeAt: now.toISOString(), migrations });
  let count = 0;
  for (const entity of archivedTables) {
    for await (const row of readTable(db, entity)) {
      await write(row);
      count += 1;
    }
  }
  await write({ rows: count });
  return count;
}

/**
 * Reads a whole database as it is at one moment, while others go on writing to it. It migrates nothing.
 *
 * @param write takes the lines of an archive, which either engine can restore.
 * @returns how many rows it read.
 * @throws {StoreError} with one line for the operator.
 */
export async function backUp(databaseUrl: string, now: Date, write: WriteLine): Promise<number> {
  const location = parseDatabaseUrl(databaseUrl);
  const orm = connect(location);
  try {
    await orm.connect();
    return await orm.em
      .getKysely<Tables>()
      .connection()
      .execute(async (db) => {
        await sql.raw(snapshots[location.engine]).execute(db);
        const count = await readDatabase(db, now, write);
        await sql`commit`.execute(db);
        return count;
      });
  } catch (error) {
    throw unavailable(location, error);
  } finally {
    await orm.close(true);
  }
}
