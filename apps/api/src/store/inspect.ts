import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { connect, unavailable } from './connect.ts';
import type { Tables } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { migrations } from './migrations/index.ts';
import { readMigrations } from './migrations/migrate.ts';

/** What a look at a database tells without changing it. */
export interface Inspection {
  /** Migrations that it still has to get, and those that this release does not know. */
  missing: string[];
  unknown: string[];
  /** What recognises the secret that it was made under; `null` in a new one. */
  secretCheck: string | null;
  /** How far its clock is from this process's, in milliseconds; 0 on SQLite. */
  difference: number;
}

/**
 * Looks at a database.
 *
 * @throws {StoreError} when it cannot be reached.
 */
export async function inspect(databaseUrl: string): Promise<Inspection> {
  const location = parseDatabaseUrl(databaseUrl);
  const names = migrations.map(({ name }) => name);
  const fresh = { missing: names, unknown: [], secretCheck: null, difference: 0 };
  if (location.engine === 'sqlite' && !existsSync(location.path)) return fresh;
  const orm = connect(location);
  try {
    await orm.connect();
    const db = orm.em.getKysely<Tables>();
    const tables = await db.introspection.getTables();
    if (!tables.some(({ name }) => name === 'migration')) return fresh;
    const executed = await readMigrations(db);
    const hasInstance = executed.includes('0002-accounts');
    const instance = hasInstance
      ? await db.selectFrom('instance').select('secret_check').executeTakeFirst()
      : undefined;
    const before = Date.now();
    const { rows } =
      location.engine === 'postgresql'
        ? await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
        : { rows: [] };
    const now = (before + Date.now()) / 2;
    return {
      missing: names.filter((name) => !executed.includes(name)),
      unknown: executed.filter((name) => !names.includes(name)),
      secretCheck: instance?.secret_check ?? null,
      difference: Math.abs((rows[0]?.now.getTime() ?? now) - now),
    };
  } catch (error) {
    throw unavailable(location, error);
  } finally {
    await orm.close(true);
  }
}
