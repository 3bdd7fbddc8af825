import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';
import { DatabaseUrlError } from './errors.ts';

describe('DATABASE_URL', () => {
  it('names an SQLite file, relative or absolute', () => {
    for (const [url, path] of [
      ['sqlite:./data/latchkey.db', './data/latchkey.db'],
      ['sqlite:latchkey.db', 'latchkey.db'],
      ['sqlite:/var/lib/latchkey.db', '/var/lib/latchkey.db'],
      ['sqlite:///var/lib/latchkey.db', '/var/lib/latchkey.db'],
    ] as const) {
      expect(parseDatabaseUrl(url)).toEqual({ engine: 'sqlite', path });
    }
  });

  it('names a PostgreSQL database', () => {
    for (const url of [
      'postgres://ana:secret@db.example:5433/latchkey?sslmode=require',
      'postgresql://ana:secret@db.example:5433/latchkey',
    ]) {
      expect(parseDatabaseUrl(url)).toEqual({ engine: 'postgresql', url, host: 'db.example:5433' });
    }
  });

  it('is refused in one line that says what is expected, without what it holds', () => {
    for (const url of [
      '',
      'sqlite:',
      'sqlite::memory:',
      './latchkey.db',
      'mysql://ana:secret@db/latchkey',
      'postgres://ana:secret@db',
      'postgres://ana:secret@db/',
      'postgres://ana:secret@:x/y',
    ]) {
      const parsing = () => parseDatabaseUrl(url);
      expect(parsing).toThrow(DatabaseUrlError);
      expect(parsing).toThrow(/^DATABASE_URL: expected [^\n]*$/);
      expect(parsing).not.toThrow(/ana|secret/);
    }
  });
});
