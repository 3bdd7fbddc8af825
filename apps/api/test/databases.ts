import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openStore, type OpenStore } from '../src/store/index.ts';

export const engines = ['sqlite', 'postgresql'] as const;
export type Engine = (typeof engines)[number];

/** An empty database of its own, and the stores that a test opens on it. */
export interface TestDatabase {
  /** As `DATABASE_URL`. */
  url: string;
  /** Opens one more store, as another node would. */
  open(): Promise<OpenStore>;
  /** Closes every store and removes the database. */
  remove(): Promise<void>;
}

/** The URL of another database on the tests' PostgreSQL server. */
export function onSameServer(database: string): string {
  const url = new URL(inject('postgresqlUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresqlUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function createDatabase(engine: Engine): Promise<{ url: string; drop(): Promise<void> }> {
  if (engine === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-sqlite-'));
    return {
      url: `sqlite:${join(folder, 'latchkey.db')}`,
      drop: () => rm(folder, { recursive: true }),
    };
  }
  const name = `latchkey_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  return {
    url: onSameServer(name),
    drop: () => onServer(`drop database ${name} with (force)`),
  };
}

/** Makes an empty database on an engine. Remove it when the tests are done. */
export async function makeDatabase(engine: Engine): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(engine);
  const opened: OpenStore[] = [];
  return {
    url,
    async open() {
      const store = await openStore(url);
      opened.push(store);
      return store;
    },
    async remove() {
      await Promise.all(opened.map((store) => store.close()));
      await drop();
    },
  };
}
