import type { Store } from '@latchkey/core';
import { CompiledQuery, sql, type Kysely } from 'kysely';
import type { ChangeListener, ChangeStream, StopListening } from './changes/change.ts';
import { ChangeHub } from './changes/change-hub.ts';
import { changeInTransactions } from './changes/noted-repositories.ts';
import { announceInPostgresql, listenToPostgresql } from './changes/postgresql-changes.ts';
import { announceInSqlite, readSqliteChanges } from './changes/sqlite-changes.ts';
import { makeTransactions } from './changes/transactions.ts';
import { connect, unavailable } from './connect.ts';
import type { Database, Engine, Tables } from './database.ts';
import { parseDatabaseUrl, type DatabaseLocation } from './database-url.ts';
import type { IdempotencyRecords } from '../contract/idempotency.ts';
import type { IdentityRecords } from '../contract/identities.ts';
import type { PasskeyRecords } from '../contract/passkeys.ts';
import type { PasswordResetRecords } from '../contract/password-resets.ts';
import type { SecondFactorRecords } from '../contract/second-factors.ts';
import type { SharedCounts } from '../limits/limiter.ts';
import { makeIdempotencyRecords } from './repositories/idempotency.ts';
import { makeIdentityRecords } from './repositories/identities.ts';
import { makePasskeyRecords } from './repositories/passkeys.ts';
import { makePasswordResetRecords } from './repositories/password-resets.ts';
import { makeRepositories } from './repositories/index.ts';
import { makeSecondFactorRecords } from './repositories/second-factors.ts';
import { migrate } from './migrations/migrate.ts';

/** The database, open and migrated. */
export interface OpenStore {
  store: Store;
  idempotency: IdempotencyRecords;
  secondFactors: SecondFactorRecords;
  passkeys: PasskeyRecords;
  identities: IdentityRecords;
  passwordResets: PasswordResetRecords;
  /** Every change that verification depends on and every audit log that grew, whichever process did it. */
  changes: ChangeStream;
  engine: Engine;
  /** The same connections, for better-auth; see `peopleSchema`. */
  kysely: Kysely<Tables>;
  /** Where all nodes count limits together: in PostgreSQL. `undefined` on SQLite, which one machine has to itself. */
  sharedCounts: SharedCounts | undefined;
  /** Resolves when the database answers, rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What the rate limiter asks of a connection. */
function makeSharedCounts(db: Kysely<Tables>): SharedCounts {
  return {
    query: async ({ text, values }) =>
      db.executeQuery<object>(CompiledQuery.raw(text, [...values])),
  };
}

function bringChanges(
  location: DatabaseLocation,
  db: Kysely<Tables>,
  listener: Required<ChangeListener>,
  onError: (error: unknown) => void,
): StopListening {
  return location.engine === 'sqlite'
    ? readSqliteChanges(db, listener, onError)
    : listenToPostgresql(location.url, listener, onError);
}

/**
 * Opens the database that `DATABASE_URL` names, and migrates it.
 *
 * @param onError hears when other processes' changes cannot be heard of; that is tried again.
 * @throws {StoreError} with one line for the operator.
 */
export async function openStore(
  databaseUrl: string,
  onError: (error: unknown) => void = () => undefined,
): Promise<OpenStore> {
  const location = parseDatabaseUrl(databaseUrl);
  const orm = connect(location);
  try {
    await orm.connect();
    const db = orm.em.getKysely<Tables>();
    const database: Database = { engine: location.engine, db, inTransaction: false };
    await migrate(orm, location.engine);
    const changes = new ChangeHub();
    const announce = location.engine === 'sqlite' ? announceInSqlite : announceInPostgresql;
    const transaction = makeTransactions(database, announce, changes);
    const stopListening = bringChanges(location, db, changes, onError);
    return {
      store: { ...changeInTransactions(makeRepositories(database), transaction), transaction },
      changes,
      idempotency: makeIdempotencyRecords(database, transaction),
      secondFactors: makeSecondFactorRecords(database),
      passkeys: makePasskeyRecords(database),
      identities: makeIdentityRecords(database),
      passwordResets: makePasswordResetRecords(database),
      engine: location.engine,
      kysely: db,
      sharedCounts: location.engine === 'postgresql' ? makeSharedCounts(db) : undefined,
      async ping() {
        await sql`select 1`.execute(db);
      },
      async close() {
        await stopListening();
        await orm.close(true);
      },
    };
  } catch (error) {
    await orm.close(true);
    throw unavailable(location, error);
  }
}
