import { sql, type Kysely } from 'kysely';
import type { Engine } from '../databases.ts';

/** Every row of every table of a database, as text. */
export async function* storedText<T>(db: Kysely<T>, engine: Engine): AsyncGenerator<string> {
  const tables =
    engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = 'public'`;
  for (const { name } of (await tables.execute(db)).rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) yield JSON.stringify(row);
  }
}
