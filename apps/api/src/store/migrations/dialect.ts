import type { Engine } from '../database.ts';

/** The words in which the engines' table definitions differ. */
export interface Dialect {
  /** Text that compares by its bytes, whatever the server's locale: the same order on both engines. */
  text: string;
  /** Milliseconds since 1970. */
  instant: string;
  count: string;
  bytes: string;
  boolean: string;
  /** A time as better-auth writes it. */
  time: string;
  /** What follows a table's closing parenthesis. */
  end: string;
}

export const dialects: Record<Engine, Dialect> = {
  sqlite: {
    text: 'text',
    instant: 'integer',
    count: 'integer',
    bytes: 'blob',
    boolean: 'integer',
    time: 'text',
    end: ' strict',
  },
  postgresql: {
    text: 'text collate "C"',
    instant: 'bigint',
    count: 'bigint',
    bytes: 'bytea',
    boolean: 'boolean',
    time: 'timestamptz(3)',
    end: '',
  },
};
