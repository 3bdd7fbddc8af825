import type { CompiledQuery } from 'kysely';

const mark = /^\/\* prepared as (?<name>[\w ]+) \*\//;

/**
 * Marks a statement that is asked over and over: each connection to PostgreSQL prepares it once and keeps its plan. To plan the look-up
 * of a credential takes ten times as long as to run it. (On SQLite every statement is kept.)
 *
 * @param name for this text alone.
 */
export function keepPrepared<T>(name: string, query: CompiledQuery<T>): CompiledQuery<T> {
  return { ...query, sql: `/* prepared as ${name} */ ${query.sql}` };
}

/** The name of a statement that {@link keepPrepared} marked. */
export function preparedName(text: string): string | undefined {
  return mark.exec(text)?.groups?.['name'];
}
