import { preparedName } from '../prepared.ts';

/** Object identifiers of PostgreSQL's types. */
const bytea = 17;
const int8 = 20;
const timestamptz = 1184;

/** What we touch of a connection of the `pg` package. */
interface Connection {
  query: (text: unknown, values?: unknown, ...rest: unknown[]) => unknown;
}

/** What we touch of its pool. */
interface ConnectionPool {
  options: { types: { setTypeParser(oid: number, parse: (text: string) => unknown): void } };
  on(event: 'connect', listener: (connection: Connection) => void): unknown;
}

/** Lets a connection keep the plans of statements that are marked for it. */
function keepMarkedStatements(connection: Connection): void {
  const query = connection.query.bind(connection);
  connection.query = (text, values, ...rest) => {
    const name = typeof text === 'string' ? preparedName(text) : undefined;
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values });
  };
}

/**
 * What MikroORM's pool needs beyond its own: the whole URL (TLS settings among it), and values as SQLite gives them too: `bytea` as plain
 * bytes and `bigint` as a number (ours are instants and counts, far below 2^53). `timestamptz`, which only the people's tables have, is
 * a `Date`.
 */
export function poolOptions(url: string) {
  return {
    connectionString: url,
    application_name: 'latchkey',
    connectionTimeoutMillis: 10_000,
    onPoolCreated(pool: ConnectionPool): void {
      const { types } = pool.options;
      types.setTypeParser(bytea, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')));
      types.setTypeParser(int8, Number);
      types.setTypeParser(timestamptz, (text) => new Date(text));
      pool.on('connect', keepMarkedStatements);
    },
  };
}
