import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { startReceiver, status, verifyRequest, type Receiver } from '../webhooks/receiver.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  asKey,
  createRole,
  generateAndRedeem,
  inviteAndJoin,
  type Delivery,
  type IssuedWebhook,
} from './things.ts';

const webhooks = '/v1/accounts/acme/webhooks';
const password = 'a long enough password';

describe.each(engines)('webhooks by REST, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  let receiver: Receiver;
  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_PRIVATE_WEBHOOKS: 'on' });
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    const { items } = await admin.get(webhooks).expect<{ items: { id: string }[] }>(200);
    for (const { id } of items) await admin.delete(`${webhooks}/${id}`).expect(204);
    await receiver.stop();
  });

  const create = async (types = ['key.deleted'], client = admin) =>
    client.post(webhooks, { url: receiver.url, types }).expect<IssuedWebhook>(201);
  const deliveriesOf = async (id: string): Promise<Delivery[]> =>
    (await admin.get(`${webhooks}/${id}/deliveries`).expect<{ items: Delivery[] }>(200)).items;
  /** Waits until the one delivery was taken. An attempt counts from its beginning: that there is one does not say that it is over. */
  const isTaken = async (id: string) =>
    expect
      .poll(async () => (await deliveriesOf(id)).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['succeeded']);

  it('shows the secret once, and it signs what is sent', async () => {
    const created = admin.post(webhooks, {
      url: receiver.url,
      description: ' To the log ',
      types: ['key.deleted', 'key.expired', 'key.deleted'],
    });
    const { secret, webhook } = await created.expect<IssuedWebhook>(201);
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(webhook).toMatchObject({
      url: receiver.url,
      description: 'To the log',
      types: ['key.deleted', 'key.expired'],
      state: 'active',
      failingSince: null,
      formerSecretUntil: null,
    });
    const { headers } = await created;
    expect(headers.get('Location')).toBe(`${webhooks}/${webhook.id}`);
    expect(headers.get('ETag')).toBe('"1"');
    for (const path of [webhooks, `${webhooks}/${webhook.id}`]) {
      const { text } = await admin.get(path);
      expect(text).toContain(webhook.id);
      expect(text).not.toContain('whsec_');
    }
    const { key } = await generateAndRedeem(admin, 'acme', [], 'Order import');
    await admin.delete(`/v1/accounts/acme/keys/${key.id}`).expect(204);
    await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(1);
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    expect(verifyRequest(request, secret)).toMatchObject({
      type: 'key.deleted',
      data: {
        account: 'acme',
        key: { id: key.id, key: key.key, name: 'Order import' },
        actor: owner.email,
      },
    });
  });

  it('shows what came of a delivery, and sends it again under the same id', async () => {
    const { webhook } = await create();
    receiver.answer(status(500));
    const path = `${webhooks}/${webhook.id}`;
    const sent = await admin.post(`${path}/test`).expect<Delivery>(201);
    expect(sent).toMatchObject({ type: 'webhook.test', state: 'pending', attempts: 0 });
    await expect
      .poll(async () => deliveriesOf(webhook.id), { timeout: 20_000 })
      .toMatchObject([{ id: sent.id, state: 'pending', attempts: 1, lastStatus: 500 }]);
    const [failed] = await deliveriesOf(webhook.id);
    expect(Date.parse(failed?.nextAttemptAt ?? '')).toBeGreaterThan(api.clock.now().getTime());
    await expect
      .poll(async () => (await admin.get(path)).body, { timeout: 20_000 })
      .toMatchObject({ failingSince: expect.any(String) as unknown });

    receiver.answer(status(200));
    await admin.post(`${path}/deliveries/${sent.id}/resend`).expect(200);
    await expect
      .poll(async () => deliveriesOf(webhook.id), { timeout: 20_000 })
      .toMatchObject([{ id: sent.id, state: 'succeeded', attempts: 1, nextAttemptAt: null }]);
    // Two, or more where it was sent again by itself before that.
    expect(receiver.requests.length).toBeGreaterThan(1);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids)).toEqual(new Set([sent.message]));
    const page = await admin.get(`${path}/deliveries?state=failed`).expect(200);
    expect(page).toEqual({ items: [], nextCursor: null });
    const other = await create();
    const elsewhere = `${webhooks}/${other.webhook.id}/deliveries/${sent.id}/resend`;
    await admin.post(elsewhere).refused(404, 'NOT_FOUND');
  });

  it('edits what was seen, and sends nothing while it is paused', async () => {
    const { webhook } = await create();
    const path = `${webhooks}/${webhook.id}`;
    const edited = await admin
      .patch(path, { types: ['key.expired'], state: 'paused' }, { 'If-Match': '"1"' })
      .expect(200);
    expect(edited).toMatchObject({ types: ['key.expired'], state: 'paused', url: receiver.url });
    const again = admin.patch(path, { description: 'Mine' }, { 'If-Match': '"1"' });
    await again.refused(412, 'STALE');
    await admin.post(`${path}/test`).expect(201);
    const { webhook: other } = await create();
    await admin.post(`${webhooks}/${other.id}/test`).expect(201);
    await isTaken(other.id);
    expect(await deliveriesOf(webhook.id)).toMatchObject([{ state: 'pending', attempts: 0 }]);
    await admin.patch(path, { state: 'active' }).expect(200);
    await isTaken(webhook.id);
    await admin.patch(path, { state: 'disabled' }).refused(400, 'VALIDATION_FAILED');
  });

  it('replaces the secret: the one before signs too, for a day', async () => {
    const { secret, webhook } = await create();
    const path = `${webhooks}/${webhook.id}`;
    const replaced = await admin.post(`${path}/secret`).expect<IssuedWebhook>(200);
    expect(replaced.secret).not.toBe(secret);
    const until = Date.parse(replaced.webhook.formerSecretUntil ?? '');
    expect(until - api.clock.now().getTime()).toBeGreaterThan(23 * 60 * 60 * 1000);
    await admin.post(`${path}/test`).expect(201);
    await isTaken(webhook.id);
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    for (const one of [secret, replaced.secret]) {
      expect(verifyRequest(request, one)).toMatchObject({ type: 'webhook.test' });
    }
  });

  it('writes an audit event of each change, which names the host and not the path', async () => {
    const { webhook } = await create();
    const path = `${webhooks}/${webhook.id}`;
    await admin.patch(path, { description: 'Ours' }).expect(200);
    await admin.post(`${path}/secret`).expect(200);
    const sent = await admin.post(`${path}/test`).expect<Delivery>(201);
    await admin.post(`${path}/deliveries/${sent.id}/resend`).expect(200);
    await admin.delete(path).expect(204);
    const { items } = await admin
      .get('/v1/accounts/acme/audit-events?limit=6')
      .expect<{ items: { action: string; subject: string }[] }>(200);
    expect(items.map(({ action }) => action).toReversed()).toEqual([
      'webhook.created',
      'webhook.edited',
      'webhook.secret-replaced',
      'webhook.tested',
      'webhook.resent',
      'webhook.deleted',
    ]);
    expect(new Set(items.map(({ subject }) => subject))).toEqual(
      new Set([`127.0.0.1:${String(receiver.port)}`]),
    );
    await admin.get(path).refused(404, 'NOT_FOUND');
  });

  it('lets nobody have told elsewhere what they may not learn themselves', async () => {
    const role = await createRole(admin, 'acme', ['keys.settings', 'keys.renew']);
    const { credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const robot = asKey(api.url, credential);
    const url = receiver.url;
    await robot.post(webhooks, { url, types: ['key.deleted'] }).refused(403, 'FORBIDDEN');
    const own = await create(['key.renewal_due'], robot);
    const path = `${webhooks}/${own.webhook.id}`;
    await robot
      .patch(path, { types: ['key.renewal_due', 'member.owner_added'] })
      .refused(403, 'FORBIDDEN');
    const { webhook } = await create();
    const moved = { url: `${receiver.url}/elsewhere` };
    await robot.patch(`${webhooks}/${webhook.id}`, moved).refused(403, 'FORBIDDEN');
    const seen = await robot
      .patch(`${webhooks}/${webhook.id}`, { description: 'Seen' })
      .expect(200);
    expect(seen).toMatchObject({ url: receiver.url, types: ['key.deleted'] });
  });

  it('takes at most twenty', async () => {
    for (let made = 0; made < 20; made += 1) await create();
    const { fields } = await admin
      .post(webhooks, { url: receiver.url, types: ['key.deleted'] })
      .refused(400, 'VALIDATION_FAILED');
    expect(fields).toMatchObject([{ path: 'url' }]);
  });

  it.each([
    ['ftp://hooks.example/', 'https only'],
    ['https://user:word@hooks.example/', 'a user or a password'],
    ['https://hooks.example/#here', 'never sent'],
    ['hooks', 'no URL'],
  ])('refuses the URL %s', async (url, why) => {
    const { fields } = await admin
      .post(webhooks, { url, types: ['key.deleted'] })
      .refused(400, 'VALIDATION_FAILED');
    expect(fields).toMatchObject([
      { path: 'url', message: expect.stringContaining(why) as unknown },
    ]);
  });
});

describe('webhooks where the operator allows no private address', () => {
  let api: RunningApi;
  afterEach(() => api.stop());

  it('lead to public addresses alone, and by https', async () => {
    const receiver = await startReceiver();
    api = await startApi('sqlite');
    const admin = await api.signIn(owner.email, owner.password);
    for (const url of [
      receiver.url,
      'https://127.0.0.1/',
      'https://localhost/',
      'http://a.example/',
    ]) {
      const refused = admin.post(webhooks, { url, types: ['key.deleted'] });
      await refused.refused(400, 'VALIDATION_FAILED');
    }
    // One that was made while the operator allowed it.
    await api.restart({ LATCHKEY_PRIVATE_WEBHOOKS: 'on' });
    const { webhook } = await admin
      .post(webhooks, { url: receiver.url, types: ['key.deleted'] })
      .expect<IssuedWebhook>(201);
    await api.restart({});
    await admin.post(`${webhooks}/${webhook.id}/test`).expect(201);
    await expect
      .poll(async () => (await admin.get(`${webhooks}/${webhook.id}/deliveries`)).body, {
        timeout: 20_000,
      })
      .toMatchObject({ items: [{ lastError: 'ADDRESS_REFUSED', lastStatus: null }] });
    expect(receiver.connections()).toBe(0);
    await receiver.stop();
  });
});

describe.each(engines)('what a member wants to be mailed, on %s', (engine) => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi(engine);
  });
  afterAll(() => api.stop());
  const path = '/v1/accounts/acme/mail-preference';

  it('is everything, in English, until they say otherwise, and each says so for themselves', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const usual = { events: true, digest: true, language: 'en', mailed: false };
    expect(await admin.get(path).expect(200)).toEqual(usual);
    const chosen = { events: false, digest: true, language: 'pt' };
    expect(await admin.put(path, chosen).expect(200)).toEqual({ ...chosen, mailed: false });
    expect(await admin.get(path).expect(200)).toEqual({ ...chosen, mailed: false });
    const role = await createRole(admin, 'acme', []);
    const rui = { email: 'rui@acme.example', name: 'Rui', password };
    const { client } = await inviteAndJoin(admin, 'acme', rui, [role.id]);
    expect(await client.get(path).expect(200)).toEqual(usual);
    const { items } = await admin
      .get('/v1/accounts/acme/audit-events?action=mail-preference.changed')
      .expect<{ items: unknown[] }>(200);
    expect(items).toMatchObject([{ subject: owner.email, details: chosen }]);
  });

  it('is no key’s to say', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const [owners] = (
      await admin.get('/v1/accounts/acme/roles').expect<{ items: { id: string }[] }>(200)
    ).items;
    const { credential } = await generateAndRedeem(admin, 'acme', [owners?.id ?? '']);
    const { detail } = await asKey(api.url, credential).get(path).refused(403, 'FORBIDDEN');
    expect(detail).toContain('Only a member gets mail');
  });
});
