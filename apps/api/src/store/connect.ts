import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { MikroORM, SqliteDriver } from '@mikro-orm/sql';
import type { DatabaseLocation } from './database-url.ts';
import { poolOptions } from './engines/postgresql.ts';
import { SharedSqliteDialect } from './engines/sqlite.ts';
import { entities } from './entities/index.ts';
import { OperatorError } from '../operator-error.ts';
import { DatabaseUnavailableError } from './errors.ts';
import { migrations } from './migrations/index.ts';

/** Connects to a database without looking at what is in it. */
export function connect(location: DatabaseLocation): MikroORM {
  const options = {
    entities: [...entities],
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      tableName: 'migration',
      snapshot: false,
      disableForeignKeys: false,
      silent: true,
    },
    discovery: { warnWhenNoEntities: false },
  };
  return location.engine === 'sqlite'
    ? new MikroORM({
        ...options,
        driver: SqliteDriver,
        dbName: location.path,
        driverOptions: new SharedSqliteDialect(location.path),
      })
    : new MikroORM({
        ...options,
        driver: PostgreSqlDriver,
        clientUrl: location.url,
        driverOptions: poolOptions(location.url),
      });
}

/** One line that says what went wrong, with the codes that drivers hide in their causes, and without the URL. */
export function unavailable(location: DatabaseLocation, error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const where = location.engine === 'sqlite' ? location.path : location.host;
  return new DatabaseUnavailableError(
    `DATABASE_URL: cannot use the database at ${where}: ${reason.split('\n', 1)[0] ?? ''}`,
    { cause: error },
  );
}
