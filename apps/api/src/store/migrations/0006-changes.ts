import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** The latest changes that verification depends on, for the other processes on the same SQLite file. PostgreSQL notifies instead. */
export class Changes extends EngineMigration {
  protected override statements({ text, end }: Dialect, engine: Engine): string[] {
    if (engine === 'postgresql') return [];
    return [
      `create table change (
        sequence integer primary key autoincrement,
        account_id ${text} not null,
        key_id ${text}
      )${end}`,
    ];
  }
}
