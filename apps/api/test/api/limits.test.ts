import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { makeLimiters } from '../../src/limits/limiter.ts';
import { makeLimits } from '../../src/limits/limits.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';

const keys = '/v1/accounts/acme/keys';

describe('nodes on one PostgreSQL', () => {
  let database: TestDatabase;
  let nodes: [RunningApi, RunningApi];
  beforeAll(async () => {
    database = await makeDatabase('postgresql');
    const variables = { LATCHKEY_SECRET: Buffer.alloc(32, 9).toString('base64') };
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
    const through = { 'X-Forwarded-For': '203.0.113.7, 198.51.100.2' };
    await admin.post(keys, { name: 'Through', roleIds: [] }, through).expect(201);
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
