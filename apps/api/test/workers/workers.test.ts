import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OpenStore } from '../../src/store/index.ts';
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

/** Enough connections that each worker mostly gets some. */
const connections = 8 * workers;

/** How long the machine may take for what has no bound of its own, in milliseconds: starting a process, on one that is busy. */
const patience = 90_000;

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

/** Whether a request is answered. A connection may be reset, but never be left hanging. */
async function isAnswered(server: ChildServer): Promise<boolean> {
  const signal = AbortSignal.timeout(patience / 2);
  try {
    await (await fetch(`${server.url}/healthz`, { ...alone, signal })).text();
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

/** The processes that answered, by what each logs of a request. */
async function answering(server: ChildServer): Promise<Set<number>> {
  const before = server.output().length;
  await Promise.all(Array.from({ length: connections }, () => isAnswered(server)));
  const lines = server.output().slice(before).split('\n');
  const pids = lines
    .filter((line) => line.includes('/healthz'))
    .map((line) => /"pid":(\d+)/.exec(line)?.[1]);
  return new Set(pids.filter((pid) => pid !== undefined).map(Number));
}

/** What the database says of all uses. */
async function countUses({ kysely }: OpenStore): Promise<number> {
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
  }, 2 * patience);
  afterAll(() => database.remove());

  it('all answer', async () => {
    await vi.waitFor(async () => expect((await answering(server)).size).toBe(workers), patience);
  });

  it(
    'replace one that is killed, and leave no connection hanging that it was given',
    async () => {
      await vi.waitUntil(() => performance.now() - startedAt > infancy, patience);
      // A line of the log may come after the answer that it tells of.
      const victim = await vi.waitFor(async () => {
        const [first] = await answering(server);
        assert(first !== undefined);
        return first;
      }, patience);
      // What it is given now waits for it, and ends with it.
      process.kill(victim, 'SIGSTOP');
      let answered = 0;
      const asked = Array.from({ length: connections }, async () => {
        const ok = await isAnswered(server);
        answered += Number(ok);
        return ok;
      });
      await vi.waitUntil(() => answered > 0, patience);
      process.kill(victim, 'SIGKILL');
      const outcomes = await Promise.all(asked);
      expect(outcomes).toContain(true);
      await vi.waitFor(async () => {
        const now = await answering(server);
        expect(now.has(victim)).toBe(false);
        expect(now.size).toBe(workers);
      }, patience);
    },
    2 * patience,
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

  /** Asks again and again until everybody says so. @returns after how long somebody was last asked who did not, in milliseconds. */
  async function untilAllSay(code: string): Promise<number> {
    const since = performance.now();
    for (let last = 0; ;) {
      const askedAt = performance.now();
      const codes = await verifyOnAll(server, credential);
      uses += codes.filter((one) => one === 'VALID').length;
      if (codes.every((one) => one === code)) return last;
      last = askedAt - since;
    }
  }

  it('all refuse a key within the bound once it is switched off', async () => {
    const path = `/v1/accounts/acme/keys/${key.id}`;
    await admin.post(`${path}/deactivate`).expect(200);
    expect(await untilAllSay('INACTIVE')).toBeLessThan(bound);
    await admin.post(`${path}/activate`).expect(200);
    expect(await untilAllSay('VALID')).toBeLessThan(bound);
  });

  it('write every use when they are stopped', async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    expect(await countUses(await database.open())).toBe(uses);
  });
});

describe.each(engines)('one process, on %s', (engine) => {
  it('loses at the most the uses since they were last written, when it is killed', async () => {
    const database = await makeDatabase(engine);
    const server = await startChildServer(variablesFor(database));
    const store = await database.open();
    const admin = await signIn(server);
    const { credential } = await generateAndRedeem(admin, 'acme', []);
    const written = connections;
    await verifyOnAll(server, credential);
    // Every 5 seconds: well within the minute that a crash may cost.
    await vi.waitFor(async () => expect(await countUses(store)).toBe(written), patience);
    const since = (await verifyOnAll(server, credential)).length;
    await server.end('SIGKILL');
    const kept = await countUses(store);
    expect(kept).toBeGreaterThanOrEqual(written);
    expect(kept).toBeLessThanOrEqual(written + since);
    await database.remove();
  });
});
