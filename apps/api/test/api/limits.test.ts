import { makeToken } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { makeLimiters } from '../../src/limits/limiter.ts';
import { makeLimits } from '../../src/limits/limits.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { RestClient, type RestAnswer } from './rest-client.ts';
import { startChildServer } from '../child-server.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { asKey, generateAndRedeem } from './things.ts';

const keys = '/v1/accounts/acme/keys';

/** A token that nobody knows, and that no checksum gives away. */
const unknownToken = () => makeToken(nodeCrypto, 'lk').reveal();

const through = (address: string) => ({ 'X-Forwarded-For': address });

/** Sends unknown tokens until one is answered 429: they are counted once a second. @returns that answer. */
async function exhaust(url: string, address: string): Promise<RestAnswer> {
  const client = new RestClient(url, through(address));
  let last = await client.post('/v1/verify', { token: unknownToken() });
  await vi.waitFor(async () => {
    last = await client.post('/v1/verify', { token: unknownToken() });
    expect(last.status).toBe(429);
  }, 30_000);
  return last;
}

describe('nodes on one PostgreSQL', () => {
  let database: TestDatabase;
  let nodes: [RunningApi, RunningApi];
  beforeAll(async () => {
    database = await makeDatabase('postgresql');
    const variables = {
      LATCHKEY_SECRET: Buffer.alloc(32, 9).toString('base64'),
      LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE: '3',
    };
    const first = await startApi('postgresql', variables, true, database);
    nodes = [first, await startApi('postgresql', variables, false, database)];
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.remove();
  });

  it('count attempts at a password together, and keep no address', async () => {
    const attempt = async (node: RunningApi, password: string) =>
      node.stranger().post('/v1/session', { email: owner.email, password });
    const wrong = Array.from({ length: 10 }, (_, index) => nodes[index % 2] ?? nodes[0]);
    for (const node of wrong) expect((await attempt(node, 'a wrong one')).status).toBe(401);
    for (const node of nodes) {
      const limited = await attempt(node, owner.password);
      expect(limited.status).toBe(429);
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const { sharedCounts } = await database.open();
    const kept = await sharedCounts?.query({ text: 'select key from rate_limit', values: [] });
    expect(kept?.rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept?.rows)).not.toMatch(/127\.0\.0\.1|ana@acme/);
  });

  it('count unknown tokens together', async () => {
    await exhaust(nodes[0].url, '203.0.113.7');
    await exhaust(nodes[1].url, '203.0.113.7');
    const { sharedCounts } = await database.open();
    const text = "select points from rate_limit where key like 'miss%'";
    const kept = await sharedCounts?.query({ text, values: [] });
    expect(kept?.rows.length).toBe(1);
  });
});

describe.each(engines)('limits on %s', (engine) => {
  it('let a member make so many changes a minute, and read on', async () => {
    const api = await startApi(engine, { LATCHKEY_WRITES_PER_MINUTE: '3' });
    const admin = await api.signIn(owner.email, owner.password);
    for (const name of ['One', 'Two', 'Three']) {
      await admin.post(keys, { name, roleIds: [] }).expect(201);
    }
    const limited = await admin.post(keys, { name: 'Four', roleIds: [] });
    expect(limited.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await admin.get(keys).expect<{ total: number }>(200)).total).toBe(3);
    await api.stop();
  });
});

describe.each(engines)('unknown tokens on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE: '3' });
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  it('are so many from one address, by either door, and valid credentials are answered all the same', async () => {
    const { credential: known } = await generateAndRedeem(admin, 'acme', []);
    const limited = await exhaust(api.url, '203.0.113.7');
    expect(limited.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    const client = new RestClient(api.url, through('203.0.113.7'));
    const bearer = () =>
      new RestClient(api.url, {
        ...through('203.0.113.7'),
        Authorization: `Bearer ${unknownToken()}`,
      });
    await bearer().get('/v1/forward-auth').refused(429, 'RATE_LIMITED');
    await bearer().get('/v1/accounts/acme/verifier/changes').refused(429, 'RATE_LIMITED');
    // One that no node has seen before, and one that it has.
    const { credential: first } = await generateAndRedeem(admin, 'acme', []);
    for (const credential of [known, first, known, first]) {
      expect((await client.post('/v1/verify', credential)).body).toMatchObject({ valid: true });
      await asKey(api.url, credential).get('/v1/forward-auth', through('203.0.113.7')).expect(200);
    }
    const { text } = await api.stranger().get('/metrics');
    expect(text).toContain(
      'latchkey_verifications_total{endpoint="forward-auth",outcome="LIMITED"} 1',
    );
  });

  it('limit nobody with another address, by the word of trusted hops alone', async () => {
    await exhaust(api.url, '198.51.100.1');
    const ask = async (address: string) =>
      (
        await new RestClient(api.url, through(address)).post('/v1/verify', {
          token: unknownToken(),
        })
      ).status;
    expect(await ask('198.51.100.2')).toBe(200);
    // What the client itself claims stands before what the proxy adds.
    expect(await ask('198.51.100.2, 198.51.100.1')).toBe(429);
    expect(await ask('198.51.100.1, 198.51.100.3')).toBe(200);
    await exhaust(api.url, '2001:db8:0:7::1');
    expect(await ask('2001:db8:0:7::2')).toBe(429);
    expect(await ask('2001:db8:0:8::1')).toBe(200);
  });

  it('are each counted once, and what can be no token is not counted', async () => {
    const client = new RestClient(api.url, through('192.0.2.9'));
    const same = unknownToken();
    for (let time = 0; time < 20; time += 1) {
      await client.post('/v1/verify', { token: same }).expect(200);
      await client.post('/v1/verify', { token: `${unknownToken()}~` }).expect(200);
    }
    // By then it was counted: others, who came later, are over their limit.
    await exhaust(api.url, '192.0.2.10');
    const answer = await client.post('/v1/verify', { token: unknownToken() });
    expect(answer.body).toEqual({ valid: false, code: 'INVALID_CREDENTIALS' });
  });
});

describe('unknown tokens at the workers of one start', () => {
  it('count together', async () => {
    const database = await makeDatabase('sqlite');
    const server = await startChildServer({
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: Buffer.alloc(32, 9).toString('base64'),
      LATCHKEY_WORKERS: '2',
      LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE: '20',
      LATCHKEY_ACCOUNT: 'acme',
      LATCHKEY_OWNER_EMAIL: owner.email,
      LATCHKEY_OWNER_PASSWORD: owner.password,
    });
    /** Each on a connection of its own, which either worker may get. */
    const ask = async (address: string) => {
      const answer = await fetch(`${server.url}/v1/verify`, {
        method: 'POST',
        headers: { Connection: 'close', ...through(address) },
        body: JSON.stringify({ token: unknownToken() }),
      });
      return answer.status;
    };
    const askAll = async (address: string) =>
      Promise.all(Array.from({ length: 24 }, () => ask(address)));
    expect(await askAll('192.0.2.1')).toContain(200);
    await vi.waitFor(
      async () => expect(new Set(await askAll('192.0.2.1'))).toEqual(new Set([429])),
      60_000,
    );
    expect(await ask('192.0.2.2')).toBe(200);
    await server.end('SIGTERM');
    await database.remove();
  }, 120_000);
});

describe('links that are gone', () => {
  it('may be opened so often from one address, and those that were there do not count', async () => {
    const limits = makeLimits(makeLimiters(undefined, nodeCrypto), 0);
    for (let opened = 0; opened < 3000; opened += 1) {
      await limits.openLink('192.0.2.1');
      await limits.foundLink('192.0.2.1');
    }
    let refusal = await limits.openLink('192.0.2.1');
    for (let gone = 1; gone < 3000; gone += 1) refusal = await limits.openLink('192.0.2.1');
    expect(refusal).toBeUndefined();
    expect(await limits.openLink('192.0.2.1')).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await limits.openLink('192.0.2.2')).toBeUndefined();
  });
});

describe('the way to the server', () => {
  async function addressSeen(variables: Record<string, string>): Promise<unknown> {
    const api = await startApi('sqlite', variables);
    const admin = await api.signIn(owner.email, owner.password);
    await admin
      .post(keys, { name: 'Through', roleIds: [] }, through('203.0.113.7, 198.51.100.2'))
      .expect(201);
    const { items } = await admin
      .get('/v1/accounts/acme/audit-events?limit=1')
      .expect<{ items: { from: string }[] }>(200);
    await api.stop();
    return items[0]?.from;
  }

  it("takes a proxy's word on the client's address only from those that are trusted", async () => {
    expect(await addressSeen({})).toBe('198.51.100.2');
    expect(await addressSeen({ LATCHKEY_TRUSTED_PROXIES: 'loopback, 198.51.100.0/24' })).toBe(
      '203.0.113.7',
    );
    expect(await addressSeen({ LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8' })).toMatch(/127\.0\.0\.1$/);
  });

  it('is closed to pages of other origins, unless they are listed, and then without a session', async () => {
    const asked = {
      Origin: 'https://app.example.com',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'x-api-key,x-api-token,content-type',
    };
    const preflight = async (url: string, origin: string) =>
      fetch(`${url}${keys}`, { method: 'OPTIONS', headers: { ...asked, Origin: origin } });
    const closed = await startApi('sqlite');
    const none = await preflight(closed.url, asked.Origin);
    expect(none.headers.get('access-control-allow-origin')).toBeNull();
    await closed.stop();

    const open = await startApi('sqlite', { LATCHKEY_CORS_ORIGINS: 'https://app.example.com' });
    const allowed = await preflight(open.url, asked.Origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    const other = await preflight(open.url, 'https://evil.example.com');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const admin = await open.signIn(owner.email, owner.password);
    const foreign = new RestClient(open.url, { Cookie: admin.cookie, Origin: asked.Origin });
    await foreign.post(keys, { name: 'Foreign', roleIds: [] }).refused(403, 'FORBIDDEN');
    await open.stop();
  });
});
