import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { inject, afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '../api/rest-client.ts';
import { owner, startApi, type RunningApi } from '../api/running-api.ts';
import { generateAndRedeem, type Credential } from '../api/things.ts';
import { makeDatabase, type TestDatabase } from '../databases.ts';

const run = promisify(execFile);
const keys = '/v1/accounts/acme/keys';

type Answer = Awaited<ReturnType<RestClient['post']>>;

/** Says what an outage's answers to changes have in common. */
function expectRefusal(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(answer.body).toMatchObject({ code: 'UNAVAILABLE' });
}

describe('a PostgreSQL that takes no writes', () => {
  let api: RunningApi;
  let admin: RestClient;
  let credential: Credential;
  beforeAll(async () => {
    api = await startApi('postgresql');
    admin = await api.signIn(owner.email, owner.password);
    ({ credential } = await generateAndRedeem(admin, 'acme', []));
  });
  afterAll(() => api.stop());

  /** As a failover does: the settings change, and every connection breaks. */
  async function setReadOnly(value: 'on' | 'off'): Promise<void> {
    const client = new Client({ connectionString: inject('postgresqlUrl') });
    await client.connect();
    const name = new URL(api.database.url).pathname.slice(1);
    await client.query(`alter database ${name} set default_transaction_read_only = ${value}`);
    // It waits for their end: one that has not heard of it yet would still take a write.
    await client.query(
      'select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = $1',
      [name],
    );
    await client.end();
  }

  it('refuses changes with a clear answer, goes on verifying and listing, and recovers by itself', async () => {
    const verify = async () => {
      const answer = await admin.post('/v1/verify', credential);
      return [answer.status, (answer.body as { code?: string } | undefined)?.code];
    };
    await setReadOnly('on');
    await expect.poll(verify).toEqual([200, 'VALID']);
    await expect.poll(async () => (await admin.get(keys)).status).toBe(200);
    expectRefusal(await admin.post(keys, { name: 'Not now', roleIds: [] }));
    await setReadOnly('off');
    await expect
      .poll(async () => (await admin.post(keys, { name: 'Again', roleIds: [] })).status)
      .toBe(201);
    const { total } = await admin.get(keys).expect<{ total: number }>(200);
    expect(total).toBe(2);
  });
});

/** To give a test a disk of a size needs the right to mount one: it is the superuser's, on Linux. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!mayMount)('an SQLite whose disk is full', () => {
  let disk: string;
  let database: TestDatabase;
  let api: RunningApi;
  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
    const other = await makeDatabase('sqlite');
    database = { ...other, url: `sqlite:${join(disk, 'latchkey.db')}` };
    api = await startApi('sqlite', {}, true, database);
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
    await run('umount', [disk]);
    await rm(disk, { recursive: true });
  });

  it('refuses changes with a clear answer, goes on verifying, and recovers when there is room', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const { credential } = await generateAndRedeem(admin, 'acme', []);
    let made = 1;
    const generate = async () => admin.post(keys, { name: 'x'.repeat(100), roleIds: [] });
    let answer = await generate();
    while (answer.status === 201 && made < 5000) {
      made += 1;
      answer = await generate();
    }
    expectRefusal(answer);
    expect(await admin.post('/v1/verify', credential).expect(200)).toMatchObject({ code: 'VALID' });

    await run('mount', ['-o', 'remount,size=64m', disk]);
    expect((await generate()).status).toBe(201);
    const { total } = await admin.get(keys).expect<{ total: number }>(200);
    expect(total).toBe(made + 1);
    const chain = await admin.get('/v1/accounts/acme/audit-events/verify').expect(200);
    expect(chain).toMatchObject({ intact: true });
  });
});
