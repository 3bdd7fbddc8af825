import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { asKey, createRole, generateAndRedeem, inviteAndJoin, type IssuedKey } from './things.ts';

const keys = '/v1/accounts/acme/keys';
const secret = () => randomBytes(32).toString('base64');
const named = (key: string) => ({ 'Idempotency-Key': key });

describe.each(engines)('Idempotency-Key, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  const countOf = async (name: string) => {
    const { total } = await admin.get(`${keys}?search=${name}`).expect<{ total: number }>(200);
    return total;
  };

  it('answers a repeated write as the first time, without doing it again', async () => {
    const body = { name: 'repeated', roleIds: [] };
    const first = await admin.post(keys, body, named('one'));
    const again = await admin.post(keys, body, named('one'));
    expect(again.body).toEqual(first.body);
    for (const header of ['etag', 'location']) {
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    }
    expect([first.status, again.status, await countOf('repeated')]).toEqual([201, 201, 1]);
    const { key } = first.body as IssuedKey;
    const path = `${keys}/${key.id}`;
    await admin.delete(path, named('two')).expect(204);
    await admin.delete(path, named('two')).expect(204);
    await admin.delete(path).expect(404);
  });

  it('refuses the same key with another request', async () => {
    await admin.post(keys, { name: 'first', roleIds: [] }, named('reused')).expect(201);
    const other = admin.post(keys, { name: 'second', roleIds: [] }, named('reused'));
    await other.refused(409, 'IDEMPOTENCY_KEY_REUSED');
    expect(await countOf('second')).toBe(0);
  });

  it('does of many at the same time exactly one', async () => {
    const body = { name: 'concurrent', roleIds: [] };
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => admin.post(keys, body, named('concurrent'))),
    );
    const statuses = new Set(all.map(({ status }) => status));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    const ids = all
      .filter(({ status }) => status === 201)
      .map((answer) => (answer.body as IssuedKey).key.id);
    expect([new Set(ids).size, await countOf('concurrent')]).toEqual([1, 1]);
    const codes = all
      .filter(({ status }) => status === 409)
      .map((answer) => (answer.body as { code: string }).code);
    expect(codes.every((code) => code === 'IDEMPOTENCY_KEY_IN_USE')).toBe(true);
    await admin.post(keys, body, named('concurrent')).expect(201);
  });

  it('forgets what was refused, so that it can be tried again', async () => {
    const slug = { slug: 'later', name: 'Later' };
    await admin.post(keys, { name: '', roleIds: [] }, named('mended')).expect(400);
    await admin.post(keys, { name: 'mended', roleIds: [] }, named('mended')).expect(201);
    expect(await countOf('mended')).toBe(1);
    await admin.post('/v1/accounts', slug, named('account')).expect(201);
  });

  it('gives a kept answer only to who may still ask for it', async () => {
    const role = await createRole(admin, 'acme', ['keys.view', 'keys.edit'], 'Until later');
    const person = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
    const rui = await inviteAndJoin(admin, 'acme', person, [role.id]);
    const { credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const body = { name: 'for-now', roleIds: [] };
    const ask = (client: RestClient) => client.post(keys, body, named('for-now'));
    for (const client of [rui.client, asKey(api.url, credential)]) {
      await ask(client).expect(201);
      await ask(client).expect(201);
    }
    await admin.patch(`/v1/accounts/acme/roles/${role.id}`, { permissions: ['keys.view'] });
    for (const client of [rui.client, asKey(api.url, credential)]) {
      await ask(client).refused(403, 'FORBIDDEN');
    }
    await admin.delete(`/v1/accounts/acme/members/${rui.member.id}`).expect(204);
    await ask(rui.client).refused(404, 'NOT_FOUND');
    expect(await countOf('for-now')).toBe(2);
  });

  it('is known again after the secret was rotated', async () => {
    const [old, fresh] = [secret(), secret()];
    const rotating = await startApi(engine, { LATCHKEY_SECRET: old });
    try {
      const before = await rotating.signIn(owner.email, owner.password);
      const body = { name: 'rotated', roleIds: [] };
      const first = await before.post(keys, body, named('rotated')).expect<IssuedKey>(201);
      await rotating.restart({ LATCHKEY_SECRET: `${fresh},${old}` });
      const again = await before.post(keys, body, named('rotated')).expect<IssuedKey>(201);
      expect(again).toEqual(first);
      const other = before.post(keys, { ...body, name: 'other' }, named('rotated'));
      await other.refused(409, 'IDEMPOTENCY_KEY_REUSED');
    } finally {
      await rotating.stop();
    }
  });

  it('is each caller’s own', async () => {
    const role = await createRole(admin, 'acme', ['keys.view', 'keys.edit']);
    const { credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const body = { name: 'shared-name', roleIds: [] };
    await admin.post(keys, body, named('shared')).expect(201);
    await asKey(api.url, credential).post(keys, body, named('shared')).expect(201);
    expect(await countOf('shared-name')).toBe(2);
  });

  it('takes printable ASCII, and means nothing to a stranger', async () => {
    const body = { name: 'odd', roleIds: [] };
    const odd = admin.post(keys, body, named('sch\u00f6n'));
    await odd.refused(400, 'VALIDATION_FAILED');
    const long = admin.post(keys, body, named('x'.repeat(256)));
    await long.refused(400, 'VALIDATION_FAILED');
    await api.stranger().post(keys, body, named('one')).refused(401, 'UNAUTHENTICATED');
    expect(await countOf('odd')).toBe(0);
  });
});
