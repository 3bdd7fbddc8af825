import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RestClient } from '../api/rest-client.ts';
import { owner } from '../api/running-api.ts';
import { generateAndRedeem, type ApiKey, type Credential } from '../api/things.ts';
import { startChildServer, type ChildServer } from '../child-server.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';

const workers = 3;

/** A worker that dies younger is not replaced, in milliseconds. */
const infancy = 2000;

/** How long a change may take to reach everybody, in milliseconds: `LATCHKEY_STALENESS`. */
const bound = 5000;

/** Enough connections that each worker gets some: they are handed out in turn. */
const connections = 4 * workers;

/** What a new process may take to start, in milliseconds, while the machine does other things too. */
const birth = 60_000;

/** On a connection of its own. */
const alone = { headers: { Connection: 'close' } };

function variablesFor(database: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: randomBytes(32).toString('base64'),
    LATCHKEY_ACCOUNT: 'acme',
    LATCHKEY_OWNER_EMAIL: owner.email,
    LATCHKEY_OWNER_PASSWORD: owner.password,
  };
}

async function signIn(server: ChildServer): Promise<RestClient> {
  const client = new RestClient(server.url);
  await client.post('/v1/session', { email: owner.email, password: owner.password }).expect(200);
  return client;
}

async function verify(server: ChildServer, { key, token }: Credential): Promise<string> {
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    ...alone,
    body: JSON.stringify({ key, token }),
  });
  return ((await answer.json()) as { code: string }).code;
}

/** Asks on so many connections at the same time. */
async function verifyOnAll(server: ChildServer, credential: Credential): Promise<string[]> {
  return Promise.all(Array.from({ length: connections }, () => verify(server, credential)));
}

/** The processes that answered, by what each logs of a request. Fails when one takes a connection and dies. */
async function answering(server: ChildServer): Promise<Set<number>> {
  const before = server.output().length;
  await Promise.all(
    Array.from({ length: connections }, async () =>
      (
        await fetch(`${server.url}/healthz`, { ...alone, signal: AbortSignal.timeout(1000) })
      ).text(),
    ),
  );
  const lines = server.output().slice(before).split('\n');
  const pids = lines
    .filter((line) => line.includes('/healthz'))
    .map((line) => /"pid":(\d+)/.exec(line)?.[1]);
  return new Set(pids.filter((pid) => pid !== undefined).map(Number));
}

/** What the database says of all uses. */
async function countUses(database: TestDatabase): Promise<number> {
  const { kysely } = await database.open();
  const rows = await kysely.selectFrom('usage_day').select('count').execute();
  return rows.reduce((sum, { count }) => sum + count, 0);
}

describe.each(engines)('several workers, on %s', (engine) => {
  let database: TestDatabase;
  let server: ChildServer;
  let admin: RestClient;
  let key: ApiKey;
  let credential: Credential;
  let startedAt: number;
  let uses = 0;
  beforeAll(async () => {
    database = await makeDatabase(engine);
    const variables = { ...variablesFor(database), LATCHKEY_WORKERS: String(workers) };
    server = await startChildServer(variables);
    startedAt = performance.now();
    admin = await signIn(server);
    ({ key, credential } = await generateAndRedeem(admin, 'acme', []));
    // Four processes have to start.
  }, 120_000);
  afterAll(() => database.remove());

  it('answer in turn', async () => {
    await vi.waitFor(async () => expect((await answering(server)).size).toBe(workers), bound);
  });

  it(
    'replace one that is killed, and answer meanwhile',
    async () => {
      await vi.waitFor(
        () => expect(performance.now() - startedAt).toBeGreaterThan(infancy),
        2 * infancy,
      );
      const [victim] = await answering(server);
      assert(victim !== undefined);
      process.kill(victim, 'SIGKILL');
      await vi.waitFor(async () => {
        const now = await answering(server);
        expect(now.has(victim)).toBe(false);
        expect(now.size).toBe(workers);
      }, birth);
    },
    2 * birth,
  );

  it('add up their metrics, whoever is asked', async () => {
    const codes = await verifyOnAll(server, credential);
    uses += codes.filter((code) => code === 'VALID').length;
    expect(uses).toBe(connections);
    const asked = await Promise.all(
      Array.from({ length: workers }, async () =>
        (await fetch(`${server.url}/metrics`, alone)).text(),
      ),
    );
    const line = `latchkey_verifications_total{endpoint="verify",outcome="VALID"} ${String(uses)}`;
    for (const text of asked) expect(text).toContain(line);
  });

  it('all refuse a key within the bound once it is switched off', async () => {
    const path = `/v1/accounts/acme/keys/${key.id}`;
    await admin.post(`${path}/deactivate`).expect(200);
    await vi.waitFor(async () => {
      const codes = await verifyOnAll(server, credential);
      uses += codes.filter((code) => code === 'VALID').length;
      expect(new Set(codes)).toEqual(new Set(['INACTIVE']));
    }, bound);
    await admin.post(`${path}/activate`).expect(200);
    await vi.waitFor(async () => {
      const codes = await verifyOnAll(server, credential);
      uses += codes.filter((code) => code === 'VALID').length;
      expect(new Set(codes)).toEqual(new Set(['VALID']));
    }, bound);
  });

  it('write every use when they are stopped', async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    expect(await countUses(database)).toBe(uses);
  });
});

describe.each(engines)('one process, on %s', (engine) => {
  it('loses at the most the uses since they were last written, when it is killed', async () => {
    const database = await makeDatabase(engine);
    const server = await startChildServer(variablesFor(database));
    const admin = await signIn(server);
    const { credential } = await generateAndRedeem(admin, 'acme', []);
    const written = connections;
    await verifyOnAll(server, credential);
    // Every 5 seconds: well within the minute that a crash may cost.
    await vi.waitFor(async () => expect(await countUses(database)).toBe(written), 15_000);
    const since = (await verifyOnAll(server, credential)).length;
    await server.end('SIGKILL');
    const kept = await countUses(database);
    expect(kept).toBeGreaterThanOrEqual(written);
    expect(kept).toBeLessThanOrEqual(written + since);
    await database.remove();
  });
});
