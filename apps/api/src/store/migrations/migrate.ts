import type { MikroORM } from '@mikro-orm/sql';
import type { Migrator } from '@mikro-orm/migrations';
import { sql, type ControlledTransaction, type Kysely } from 'kysely';
import type { Engine, Tables } from '../database.ts';
import { DatabaseTooNewError } from '../errors.ts';
import { migrations } from './index.ts';

/** What PostgreSQL's nodes lock while one of them migrates: any number that nothing else in the database uses. */
const advisoryLock = 7_401_926_511;

/** Makes the table of executed migrations. Of several nodes that do it at once, all but one fail and find it made. */
async function prepare(migrator: Migrator): Promise<void> {
  try {
    await migrator.getExecuted();
  } catch {
    await migrator.getExecuted();
  }
}

/** The names of the migrations that a database has, in order. */
export async function readMigrations(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/**
 * Brings the database up to this code, all or nothing. Nodes that start at once do it one after the other.
 *
 * @throws {DatabaseTooNewError} when the database has a migration that this code does not know.
 */
export async function migrate(orm: MikroORM, engine: Engine): Promise<void> {
  const migrator = orm.migrator as Migrator;
  await prepare(migrator);
  await orm.em.getConnection().transactional(async (transaction: ControlledTransaction<Tables>) => {
    if (engine === 'postgresql') {
      await sql`select pg_advisory_xact_lock(${sql.lit(advisoryLock)})`.execute(transaction);
    }
    const known = new Set(migrations.map(({ name }) => name));
    const unknown = (await readMigrations(transaction)).filter((name) => !known.has(name));
    if (unknown.length > 0) throw new DatabaseTooNewError(unknown);
    await migrator.up({ transaction });
  });
}
