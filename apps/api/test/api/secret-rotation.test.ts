import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { startReceiver, verifyRequest, type Receiver } from '../webhooks/receiver.ts';
import { redeem, type Credential, type IssuedKey, type IssuedWebhook } from './things.ts';

const keys = '/v1/accounts/acme/keys';

describe.each(engines)('rotating the secret of two nodes on %s', (engine) => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64'));
  /** What the operator sets, node after node: see docs/deploy/operate.md. */
  const rounds = [`${old ?? ''},${fresh ?? ''}`, `${fresh ?? ''},${old ?? ''}`];
  let database: TestDatabase;
  let nodes: [RunningApi, RunningApi];
  let session: RestClient;
  const credentials: Credential[] = [];
  const unread: string[] = [];
  let receiver: Receiver;
  let webhook: IssuedWebhook;

  beforeAll(async () => {
    database = await makeDatabase(engine);
    receiver = await startReceiver();
    const variables = { LATCHKEY_SECRET: old ?? '', LATCHKEY_PRIVATE_WEBHOOKS: 'on' };
    const first = await startApi(engine, variables, true, database);
    nodes = [first, await startApi(engine, variables, false, database)];
    session = await first.signIn(owner.email, owner.password);
    webhook = await session
      .post('/v1/accounts/acme/webhooks', { url: receiver.url, types: ['key.expired'] })
      .expect<IssuedWebhook>(201);
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await receiver.stop();
    await database.remove();
  });

  /** On every node: what any node made at any time is good, and so is the session. */
  async function checkEverywhere(): Promise<void> {
    for (const { url } of nodes) {
      const anyone = new RestClient(url);
      for (const credential of credentials) {
        const verdict = await anyone.post('/v1/verify', credential).expect(200);
        expect(verdict).toMatchObject({ code: 'VALID' });
      }
      for (const link of unread) await anyone.get(`/v1/credentials/${link}`).expect(200);
      await anyone.get('/v1/session', { Cookie: session.cookie }).expect(200);
    }
  }

  async function makeOneOnEach(): Promise<void> {
    for (const { url } of nodes) {
      const admin = new RestClient(url);
      const generate = async () =>
        admin
          .post(keys, { name: 'Rotated', roleIds: [] }, { Cookie: session.cookie })
          .expect<IssuedKey>(201);
      const other = nodes.find((node) => node.url !== url)?.url ?? '';
      credentials.push(await redeem(other, (await generate()).link.url));
      unread.push((await generate()).link.url.split('/').at(-1) ?? '');
    }
  }

  it('keeps every token, open link and session good at each step, on each node', async () => {
    await makeOneOnEach();
    await checkEverywhere();
    for (const secret of rounds) {
      for (const node of nodes) {
        await node.restart({ LATCHKEY_SECRET: secret });
        await checkEverywhere();
        await makeOneOnEach();
        await checkEverywhere();
      }
    }
    expect(credentials).toHaveLength(10);
  });

  it('still delivers, once, what was sealed under the old secret', async () => {
    for (const link of unread) {
      const credential = await redeem(nodes[0].url, `/credentials/${link}`);
      expect(await session.post('/v1/verify', credential).expect(200)).toMatchObject({
        code: 'VALID',
      });
      await session.post(`/v1/credentials/${link}/redeem`).refused(410, 'LINK_GONE');
    }
  });

  it('leaves only what was made under the new one when the old one goes', async () => {
    for (const node of nodes) await node.restart({ LATCHKEY_SECRET: fresh ?? '' });
    const codes = await Promise.all(
      credentials.map(async (credential) => {
        const verdict = await new RestClient(nodes[1].url)
          .post('/v1/verify', credential)
          .expect<{ code: string }>(200);
        return verdict.code;
      }),
    );
    expect(codes[0]).toBe('INVALID_CREDENTIALS');
    expect(codes.at(-1)).toBe('VALID');
  });

  it('signs webhooks as before: their secrets were sealed anew meanwhile', async () => {
    const admin = await nodes[0].signIn(owner.email, owner.password);
    await admin.post(`/v1/accounts/acme/webhooks/${webhook.webhook.id}/test`).expect(201);
    await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(1);
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    expect(verifyRequest(request, webhook.secret)).toMatchObject({ type: 'webhook.test' });
  });
});
