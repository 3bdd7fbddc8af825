import { DatabaseUrlError } from './errors.ts';

/** Where the database is. */
export type DatabaseLocation =
  | { engine: 'sqlite'; path: string }
  | { engine: 'postgresql'; url: string; host: string };

/**
 * Reads `DATABASE_URL`.
 *
 * @throws {DatabaseUrlError} when it names neither an SQLite file nor a PostgreSQL database.
 */
export function parseDatabaseUrl(databaseUrl: string): DatabaseLocation {
  const sqlite = /^sqlite:(?:\/\/(?=\/))?(?<path>[^:].*)$/.exec(databaseUrl)?.groups?.['path'];
  if (sqlite !== undefined) return { engine: 'sqlite', path: sqlite };
  if (/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl)) {
    const { host, pathname } = new URL(databaseUrl);
    if (pathname.length > 1) return { engine: 'postgresql', url: databaseUrl, host };
  }
  throw new DatabaseUrlError();
}
