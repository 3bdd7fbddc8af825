import type { Engine } from '../database.ts';
import type { Dialect } from './dialect.ts';
import { EngineMigration } from './migration.ts';

/** Where PostgreSQL's nodes count together how often somebody tried. A crash may forget it, which spares every attempt a flush. */
export class Limits extends EngineMigration {
  protected override statements({ text }: Dialect, engine: Engine): string[] {
    if (engine === 'sqlite') return [];
    return [
      `create unlogged table rate_limit (
        key ${text} not null primary key,
        points integer not null default 0,
        expire bigint
      )`,
    ];
  }
}
