import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from './database.ts';

/**
 * Whether a column of folded text holds another anywhere. `%`, `_`, `\` and quotes in it mean themselves.
 *
 * @param column its name, with the table's alias where there is one.
 */
export function containsText(
  { engine }: Pick<Database, 'engine'>,
  column: string,
  text: string,
): RawBuilder<SqlBool> {
  // No stored text holds the character 0, and PostgreSQL refuses to be asked for it.
  if (text.includes('\0')) return sql`1 = 0`;
  // `instr` knows no wildcards; `like` is what PostgreSQL's trigram index answers.
  return engine === 'sqlite'
    ? sql`instr(${sql.ref(column)}, ${text}) > 0`
    : sql`${sql.ref(column)} like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}
