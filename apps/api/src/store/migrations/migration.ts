import { Migration } from '@mikro-orm/migrations';
import { SqliteDriver } from '@mikro-orm/sql';
import type { Engine } from '../database.ts';
import { dialects, type Dialect } from './dialect.ts';

/** A migration that knows the engine it runs on. There is no way down: a backup is. */
export abstract class EngineMigration extends Migration {
  /** The statements, in order. */
  protected abstract statements(dialect: Dialect, engine: Engine): readonly string[];

  override up(): void {
    const engine = this.driver instanceof SqliteDriver ? 'sqlite' : 'postgresql';
    for (const statement of this.statements(dialects[engine], engine)) this.addSql(statement);
  }
}
