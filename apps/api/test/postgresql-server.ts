import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findFreePort } from './free-port.ts';
import { findPostgresqlBinaries } from './postgresql-binaries.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A real PostgreSQL server, as the URL of a database on it. The user may create others. */
    postgresqlUrl: string;
  }
}

// What the tests write is thrown away: nothing of it needs to outlive the machine.
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'max_connections=400',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  // What it does in its own time would change the plans of queries, and hold up what is looked at, now and then.
  'autovacuum=off',
];

/** Whom the server runs as: PostgreSQL refuses to be root, and the tests may well be. */
async function findServerUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8'));
  if (!nobody) throw new Error('PostgreSQL cannot run as root, and there is no user `nobody`.');
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

/** Resolves when the server is ready, or when `initdb` is done; rejects with what the program said when it gives up. */
function waitFor(program: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (ready.test(said)) resolve();
    };
    program.stdout?.on('data', listen);
    program.stderr?.on('data', listen);
    program.once('error', reject);
    program.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL did not start:\n${said}`));
    });
  });
}

async function startServer(folder: string): Promise<{ url: string; server: ChildProcess }> {
  const user = await findServerUser();
  if (user) await chown(folder, user.uid, user.gid);
  const binaries = await findPostgresqlBinaries(join(folder, 'native'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const password = randomBytes(16).toString('hex');
  await writeFile(passwordFile, password);
  const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...user };

  const initialise = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  await waitFor(spawn(join(binaries, 'initdb'), initialise, options), /(?!)/);
  const port = await findFreePort();
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    options,
  );
  await waitFor(server, /ready to accept connections/);
  return { url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`, server };
}

/**
 * Brings one PostgreSQL server for all tests and takes it away after them, its data with it. With `TEST_POSTGRES_URL`, the server that
 * it names is used and left alone.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) {
    project.provide('postgresqlUrl', given);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-postgresql-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { url, server } = await startServer(folder);
    project.provide('postgresqlUrl', url);
    const kill = () => server.kill('SIGQUIT');
    process.once('exit', kill);
    return async () => {
      process.off('exit', kill);
      server.kill('SIGINT');
      await once(server, 'exit');
      await remove();
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
