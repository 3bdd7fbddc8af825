import type { InferKyselyDB } from '@mikro-orm/sql';
import { sql, type Kysely } from 'kysely';
import type { entities } from './entities/index.ts';

/** The tables and their columns, as the entities say. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;

export type Engine = 'sqlite' | 'postgresql';

/** What a repository works on: the database itself, or one transaction. */
export interface Database {
  engine: Engine;
  db: Kysely<Tables>;
  inTransaction: boolean;
}

/** Runs `work` in the transaction at hand, or in one of its own. */
export function atomically<T>(
  database: Database,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (database.inTransaction) return work(database);
  return database.db
    .transaction()
    .execute((db) => work({ engine: database.engine, db, inTransaction: true }));
}

/** Whether what is read must be locked for the change that follows. On SQLite a transaction holds the only write lock from its start. */
export function mustLock({ engine, inTransaction }: Database): boolean {
  return inTransaction && engine === 'postgresql';
}

/** Whether an error says that a value which must be unique is taken. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === '23505' || error.message.startsWith('UNIQUE constraint failed');
}

/**
 * Runs a write that another one may have made impossible.
 *
 * @returns `false` when a value that must be unique is taken; nothing of it was written then, and a transaction around it goes on.
 */
export function unlessTaken(
  database: Database,
  work: (database: Database) => Promise<void>,
): Promise<boolean> {
  return atomically(database, async (inner) => {
    // PostgreSQL gives a transaction up at its first error, save back to here.
    await sql`savepoint attempt`.execute(inner.db);
    try {
      await work(inner);
    } catch (error) {
      // Any other error ends the whole transaction; SQLite may have ended it already.
      if (!isTaken(error)) throw error;
      await sql`rollback to savepoint attempt`.execute(inner.db);
      await sql`release savepoint attempt`.execute(inner.db);
      return false;
    }
    await sql`release savepoint attempt`.execute(inner.db);
    return true;
  });
}
