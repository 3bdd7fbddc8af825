import type { PostgresqlServer } from '../system/postgresql.ts';

/** What every part of the benchmark works with. */
export interface Run {
  postgresql: PostgresqlServer;
  /** A folder for files of its own. */
  folder: string;
  /** How often each measurement is repeated: `1` does next to nothing. */
  rounds: number;
  /** How long one load lasts, in milliseconds. */
  loadDuration: number;
  /** How many keys the databases grow to, in steps. */
  sizes: readonly number[];
  /** Says what happens next. */
  say: (line: string) => void;
}
