import { OperatorError } from '../operator-error.ts';

/** Why the store cannot open. The message is one line for the operator; it never holds the URL's password. */
export class StoreError extends OperatorError {
  override name = 'StoreError';
}

/** `DATABASE_URL` is not one that Latchkey can use. */
export class DatabaseUrlError extends StoreError {
  override name = 'DatabaseUrlError';

  constructor() {
    super(
      'DATABASE_URL: expected sqlite:{path} or postgres://{user}:{password}@{host}/{database}.',
    );
  }
}

/** The database cannot be reached or written. */
export class DatabaseUnavailableError extends StoreError {
  override name = 'DatabaseUnavailableError';
}

/** The database was migrated by a newer Latchkey than this one. */
export class DatabaseTooNewError extends StoreError {
  override name = 'DatabaseTooNewError';

  constructor(migrations: readonly string[]) {
    super(
      `DATABASE_URL: this database is newer than this Latchkey (it has ${migrations.join(', ')}). Start the newer version, or restore a backup from before its update.`,
    );
  }
}
