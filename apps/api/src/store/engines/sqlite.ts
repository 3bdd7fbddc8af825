import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CompiledQuery,
  SqliteDialect,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import { DatabaseUnavailableError } from '../errors.ts';

/** How long a writer waits for other processes that write, in milliseconds. */
const patience = 15_000;

/** How long it waits before it asks again, at the most, in milliseconds. */
const pause = 8;

/** SQLite's result codes for "another connection holds the lock": to write, and to look after what a process that was killed left behind. */
const busy = new Set<unknown>([5, 261]);

/** How many prepared statements are kept. */
const keptStatements = 256;

const pragmas = [
  'pragma journal_mode = wal',
  'pragma synchronous = full',
  'pragma foreign_keys = on',
  'pragma cache_size = -65536',
  'pragma temp_store = memory',
];

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && busy.has(error.errcode);
}

/**
 * Repeats what another process's write is in the way of. SQLite's own way to wait would hold the whole process still, and with it
 * every other request.
 */
async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await wait(Math.random() * pause);
  }
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}

/** Ends a transaction. A full disk has ended it already, and to say so would hide why. */
async function rollBack(connection: DatabaseConnection): Promise<void> {
  try {
    await run(connection, 'rollback');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction is active')))
      throw error;
  }
}

function toStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) =>
      statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
  };
}

/**
 * `node:sqlite` as Kysely wants it. Unlike MikroORM's `NodeSqliteDialect` it keeps prepared statements: to prepare the look-up of a
 * credential takes five times as long as to run it.
 */
function openFile(path: string): SqliteDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path);
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const statement = statements.get(text) ?? toStatement(file.prepare(text));
      // The one that was used last goes to the end, the one at the beginning goes.
      statements.delete(text);
      statements.set(text, statement);
      const [oldest] = statements.keys();
      if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
      return statement;
    },
    close() {
      statements.clear();
      file.close();
    },
  };
}

/**
 * SQLite on `node:sqlite`, durable and shared between processes. A transaction takes the write lock when it begins: one that read
 * first and asked for the lock later would fail whenever another process wrote in between.
 */
export class SharedSqliteDialect extends SqliteDialect {
  readonly #path: string;

  /** @param path of the file; it is made when there is none, and its folder too. */
  constructor(path: string) {
    super({ database: () => Promise.resolve().then(() => openFile(path)) });
    this.#path = path;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const path = this.#path;
    const init = driver.init.bind(driver);
    driver.init = async (...options) => {
      try {
        await init(...options);
        const connection = await driver.acquireConnection();
        const execute = connection.executeQuery.bind(connection);
        connection.executeQuery = (...query) => whileBusy(() => execute(...query));
        for (const pragma of pragmas) await run(connection, pragma);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new DatabaseUnavailableError(
          `DATABASE_URL: cannot open the SQLite file ${path} for writing: ${reason}`,
          { cause: error },
        );
      }
    };
    driver.beginTransaction = (connection) => run(connection, 'begin immediate');
    driver.rollbackTransaction = rollBack;
    return driver;
  }
}
