import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  createRole,
  generateAndRedeem,
  redeem,
  type ApiKey,
  type ExternalKey,
  type IssuedInvitation,
  type IssuedKey,
} from './things.ts';

const acme = '/v1/accounts/acme';

describe.each(engines)('entity tags, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
  });
  afterAll(() => api.stop());

  /** Where a thing is, what the 201 said of it, and how to edit it. */
  const made: Record<string, () => Promise<{ path: string; etag: string | null; edit: unknown }>> =
    {
      async key() {
        const body = { name: 'Tagged', roleIds: [] };
        const { headers } = await admin.post(`${acme}/keys`, body);
        const path = headers.get('location') ?? '';
        return { path, etag: headers.get('etag'), edit: { name: `Edited ${path}` } };
      },
      async role() {
        const body = { name: `Role ${String(Math.random())}`, permissions: [] };
        const { headers } = await admin.post(`${acme}/roles`, body);
        const path = headers.get('location') ?? '';
        return { path, etag: headers.get('etag'), edit: { description: 'Edited' } };
      },
      async member() {
        const role = await createRole(admin, 'acme', [], `Role ${String(Math.random())}`);
        const body = { email: `${String(Math.random())}@acme.example`, roleIds: [] };
        const answer = await admin.post(`${acme}/members`, body);
        expect((answer.body as IssuedInvitation).member).not.toHaveProperty('etag');
        const { headers } = answer;
        const path = headers.get('location') ?? '';
        return { path, etag: headers.get('etag'), edit: { roleIds: [role.id] } };
      },
      async 'external key'() {
        const { key } = await generateAndRedeem(admin, 'partner', []);
        const { headers } = await admin.post(`${acme}/external-keys`, {
          key: key.key,
          roleIds: [],
        });
        const path = headers.get('location') ?? '';
        return { path, etag: headers.get('etag'), edit: { roleIds: [] } };
      },
      async renewal() {
        const { key } = await generateAndRedeem(admin, 'acme', []);
        const { headers } = await admin.post(`${acme}/keys/${key.id}/renewal`);
        const completeAt = new Date(api.clock.now().getTime() + 60_000).toISOString();
        const path = `${headers.get('location') ?? ''}/renewal`;
        return { path, etag: headers.get('etag'), edit: { completeAt } };
      },
    };

  it.each(Object.keys(made))(
    'come with a %s, where its Location says it is, and guard an edit',
    async (name) => {
      const { path, etag, edit } = (await made[name]?.()) ?? { path: '', etag: null, edit: {} };
      expect(etag).toMatch(/^"[^"]+"$/);
      const found = await admin.get(path.replace(/\/renewal$/, ''));
      expect([found.status, found.headers.get('etag')]).toEqual([200, etag]);

      const patch = (ifMatch: string) => admin.patch(path, edit, { 'If-Match': ifMatch });
      for (const stale of ['"0"', `W/${etag ?? ''}`, '"0", "x"', 'nonsense', '']) {
        await patch(stale).refused(412, 'STALE');
      }
      const edited = await patch(`"0", ${etag ?? ''} , "x"`);
      expect(edited.status).toBe(200);
      expect(edited.headers.get('etag')).not.toBe(etag);
      await patch(etag ?? '').refused(412, 'STALE');
      await patch('*').expect(200);
    },
  );

  it('never turn an answer into 304: they say nothing of what changes beside edits', async () => {
    const { key, link } = await admin
      .post(`${acme}/keys`, { name: 'Read', roleIds: [] })
      .expect<IssuedKey>(201);
    const path = `${acme}/keys/${key.id}`;
    const before = await admin.get(path);
    await redeem(api.url, link.url);
    for (const tag of [before.headers.get('etag') ?? '', '*']) {
      const after = await admin.get(path, { 'If-None-Match': tag });
      expect(after.status).toBe(200);
      expect((after.body as ApiKey).link?.state).toBe('redeemed');
    }
    const { status } = await admin.get(`${acme}/keys`, { 'If-None-Match': '*' });
    expect(status).toBe(200);
  });

  it('and ids are taken from where they belong, not from the body', async () => {
    const { key } = await generateAndRedeem(admin, 'acme', []);
    const external = await generateAndRedeem(admin, 'partner', []);
    const granted = await admin
      .post(`${acme}/external-keys`, { key: external.key.key, roleIds: [] })
      .expect<ExternalKey>(201);
    for (const [path, body] of [
      [`${acme}/keys/${key.id}`, { name: 'Stray' }],
      [`${acme}/external-keys/${granted.id}`, { roleIds: [] }],
    ] as const) {
      for (const stray of [{ ifMatch: '"1"' }, { id: 'another' }, { account: 'acme' }]) {
        const { fields } = await admin
          .patch(path, { ...body, ...stray })
          .refused(400, 'VALIDATION_FAILED');
        expect(fields).toMatchObject([{ path: Object.keys(stray)[0] }]);
      }
    }
  });
});
