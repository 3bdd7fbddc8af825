import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  asKey,
  createRole,
  credentialHeaders,
  generateAndRedeem,
  inviteAndJoin,
  redeem,
  secretOf,
  type ApiKey,
  type Credential,
  type ExternalKey,
  type IssuedKey,
  type Member,
  type Role,
} from './things.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const basic = ({ key, token }: Credential) =>
  `Basic ${Buffer.from(`${key}:${token}`).toString('base64')}`;

describe.each(engines)('a key’s whole life by REST, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  let reader: Role;
  let writer: Role;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
    reader = await createRole(admin, 'acme', ['orders.read']);
    writer = await createRole(admin, 'acme', ['orders.write']);
  });
  afterAll(() => api.stop());

  const keys = '/v1/accounts/acme/keys';
  const generate = (name: string, roleIds = [reader.id], more = {}) =>
    admin.post(keys, { name, roleIds, ...more }).expect<IssuedKey>(201);
  const verify = async (body: object) =>
    api.stranger().post('/v1/verify', body).expect<{ valid: boolean; code: string }>(200);
  const codeOf = async (credential: Credential, more: object = {}) =>
    (await verify({ ...credential, ...more })).code;

  it('generates a key that is active at once, and shows where it is', async () => {
    const answer = await admin.post(keys, { name: '  Order import ', roleIds: [reader.id] });
    const { key, link } = answer.body as IssuedKey;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${keys}/${key.id}`);
    expect(key).toMatchObject({
      name: 'Order import',
      status: 'active',
      roles: [{ id: reader.id, name: 'orders.read' }],
      expiresAt: null,
      lastUsedAt: null,
      alert: 'none',
      tokens: [{ state: 'current', lastUsedAt: null }],
      renewal: null,
      link: { state: 'open', redeemedAt: null, redeemedFrom: null },
    });
    expect(key.key).toMatch(/^lk-acme-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(link.url).toMatch(new RegExp(`^${api.url}/credentials/[0-9A-Za-z]{43}$`));
    expect(Date.parse(link.expiresAt) - Date.parse(key.createdAt)).toBe(day);
    expect(await admin.get(`${keys}/${key.id}`).expect(200)).toEqual(key);
  });

  it('delivers the token once: a preview consumes nothing, the second reader gets 410', async () => {
    const { key, link } = await generate('Delivered once');
    const path = `/v1/credentials/${secretOf(link.url)}`;
    for (let look = 0; look < 3; look += 1) {
      expect(await api.stranger().get(path).expect(200)).toEqual({
        keyName: 'Delivered once',
        account: 'Acme',
        expiresAt: link.expiresAt,
      });
    }
    const credential = await redeem(api.url, link.url);
    expect(credential).toEqual({
      key: key.key,
      token: expect.stringMatching(/^lk_[\dA-Za-z]{49}$/) as unknown,
    });
    await api.stranger().post(`${path}/redeem`).refused(410, 'LINK_GONE');
    await api.stranger().get(path).refused(410, 'LINK_GONE');
    await api.stranger().get('/v1/credentials/unknown').refused(410, 'LINK_GONE');

    const { link: fate } = await admin.get(`${keys}/${key.id}`).expect<ApiKey>(200);
    expect(fate).toMatchObject({ state: 'redeemed', redeemedFrom: '127.0.0.1' });
    const told = await admin
      .get(`/v1/accounts/acme/audit-events?keyId=${key.id}`)
      .expect<{ items: { action: string; subject: string }[] }>(200);
    expect(told.items.map(({ action }) => action)).toEqual([
      'link.tried-again',
      'link.redeemed',
      'key.generated',
    ]);
    expect(told.items.every(({ subject }) => subject === key.key)).toBe(true);
  });

  it('verifies the credential in a body and in all three forms of headers', async () => {
    const { key, credential } = await generateAndRedeem(
      admin,
      'acme',
      [reader.id],
      'Ünïcode, 100%',
    );
    expect(await verify({ ...credential, permission: 'orders.read' })).toEqual({
      valid: true,
      code: 'VALID',
      account: 'acme',
      key: { id: key.id, key: key.key, name: 'Ünïcode, 100%', account: 'acme' },
      roles: ['orders.read'],
      permissions: ['orders.read'],
    });
    expect(await codeOf({ key: '', token: '' }, { key: undefined, token: credential.token })).toBe(
      'VALID',
    );
    const insufficient = await codeOf(credential, { permission: ['orders.read', 'orders.write'] });
    expect(insufficient).toBe('INSUFFICIENT_PERMISSIONS');
    const mangled = `${credential.token.slice(0, -1)}${credential.token.endsWith('a') ? 'b' : 'a'}`;
    expect(await codeOf({ ...credential, token: mangled })).toBe('INVALID_CREDENTIALS');
    expect(await codeOf({ ...credential, key: 'lk-acme-00000000' })).toBe('INVALID_CREDENTIALS');

    const forms = [
      credentialHeaders(credential),
      { Authorization: basic(credential) },
      { Authorization: `Bearer ${credential.token}` },
    ];
    for (const headers of forms) {
      const path = '/v1/forward-auth?permission=orders.read&account=acme';
      const answer = await api.stranger().get(path, headers);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-auth-key')).toBe(key.key);
      expect(answer.headers.get('x-auth-key-name')).toBe('%C3%9Cn%C3%AFcode, 100%25');
      expect(answer.headers.get('x-auth-account')).toBe('acme');
      expect(answer.headers.get('x-auth-roles')).toBe('orders.read');
      expect(answer.headers.get('x-auth-permissions')).toBe('orders.read');
      await api
        .stranger()
        .get('/v1/forward-auth?permission=orders.write', headers)
        .refused(403, 'FORBIDDEN');
    }
    const none = await api.stranger().get('/v1/forward-auth');
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="latchkey"');
  });

  it('edits a key, and refuses an edit of what somebody else changed meanwhile', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}`;
    const seen = (await admin.get(path)).headers.get('etag') ?? '';
    expect(seen).toMatch(/^"\d+"$/);

    const edited = await admin.patch(
      path,
      { name: 'Order export', roleIds: [writer.id] },
      { 'If-Match': seen },
    );
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({ name: 'Order export', roles: [{ name: 'orders.write' }] });
    expect(edited.headers.get('etag')).not.toBe(seen);
    expect(await codeOf(credential, { permission: 'orders.write' })).toBe('VALID');
    expect(await codeOf(credential, { permission: 'orders.read' })).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );

    await admin.patch(path, { name: 'Lost' }, { 'If-Match': seen }).refused(412, 'STALE');
    await admin.patch(path, { name: 'Lost' }, { 'If-Match': '"never"' }).refused(412, 'STALE');
    expect(await admin.get(path).expect<ApiKey>(200)).toMatchObject({ name: 'Order export' });
    await admin.patch(path, { name: 'Any' }, { 'If-Match': '*' }).expect(200);
    await admin.patch(path, { roleIds: ['nobody'] }).refused(400, 'VALIDATION_FAILED');
  });

  it('stops verifying at once when deactivated, and goes on when activated', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}`;
    expect(await admin.post(`${path}/deactivate`).expect(200)).toMatchObject({
      status: 'inactive',
    });
    expect(await codeOf(credential)).toBe('INACTIVE');
    await api
      .stranger()
      .get('/v1/forward-auth', credentialHeaders(credential))
      .refused(401, 'UNAUTHENTICATED');
    expect(await admin.post(`${path}/activate`).expect(200)).toMatchObject({ status: 'active' });
    expect(await codeOf(credential)).toBe('VALID');
    await admin.patch(path, { status: 'inactive' }).expect(200);
    expect(await codeOf(credential)).toBe('INACTIVE');
  });

  it('renews: both tokens verify until the old one is deleted', async () => {
    const { key, credential: old } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}`;
    const renewed = await admin.post(`${path}/renewal`);
    expect(renewed.status).toBe(201);
    expect(renewed.headers.get('location')).toBe(path);
    const { link } = renewed.body as IssuedKey;
    await admin.post(`${path}/renewal`).refused(409, 'RENEWAL_LINK_OPEN');
    const fresh = await redeem(api.url, link.url);
    expect(fresh.token).not.toBe(old.token);
    expect([await codeOf(old), await codeOf(fresh)]).toEqual(['VALID', 'VALID']);
    await admin.post(`${path}/renewal`, {}).refused(409, 'RENEWAL_PENDING');

    const pending = await admin.get(path).expect<ApiKey>(200);
    expect(pending.tokens.map(({ state }) => state)).toEqual(['current', 'old']);
    expect(pending.renewal).toMatchObject({ completeAt: null });
    const completed = await admin.post(`${path}/renewal/complete`).expect<ApiKey>(200);
    expect(completed).toMatchObject({ renewal: null, tokens: [{ state: 'current' }] });
    expect([await codeOf(old), await codeOf(fresh)]).toEqual(['INVALID_CREDENTIALS', 'VALID']);
    await admin.post(`${path}/renewal/complete`).refused(409, 'NO_PENDING_RENEWAL');
  });

  it('undoes a renewal: the new token and its link are gone', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}`;
    const { link } = await admin.post(`${path}/renewal`, {}).expect<IssuedKey>(201);
    const undone = await admin.delete(`${path}/renewal`).expect<ApiKey>(200);
    expect(undone).toMatchObject({ renewal: null, link: { state: 'withdrawn' } });
    const redeeming = api.stranger().post(`/v1/credentials/${secretOf(link.url)}/redeem`);
    await redeeming.refused(410, 'LINK_GONE');
    expect(await codeOf(credential)).toBe('VALID');
    await admin.delete(`${path}/renewal`).refused(409, 'NO_PENDING_RENEWAL');
  });

  it('completes a renewal by itself at the chosen time, which can be moved and taken back', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}/renewal`;
    const inAWeek = new Date(api.clock.now().getTime() + 7 * day).toISOString();
    const { link } = await admin.post(path, { completeAt: inAWeek }).expect<IssuedKey>(201);
    await redeem(api.url, link.url);
    const tomorrow = new Date(api.clock.now().getTime() + day).toISOString();
    expect(await admin.patch(path, { completeAt: null }).expect(200)).toMatchObject({
      renewal: { completeAt: null },
    });
    expect(await admin.patch(path, { completeAt: tomorrow }).expect(200)).toMatchObject({
      renewal: { completeAt: tomorrow },
    });
    const tooFar = new Date(api.clock.now().getTime() + 91 * day).toISOString();
    await admin.patch(path, { completeAt: tooFar }).refused(400, 'VALIDATION_FAILED');
    await admin.patch(path, {}).refused(400, 'VALIDATION_FAILED');

    // Not only once the sweep was there: to the moment.
    expect(await codeOf(credential)).toBe('VALID');
    api.clock.advance(day + 1);
    expect(await codeOf(credential)).toBe('INVALID_CREDENTIALS');
    const renewalOf = async () =>
      (await admin.get(`${keys}/${key.id}`).expect<ApiKey>(200)).renewal;
    await expect.poll(renewalOf).toBeNull();
    await admin.patch(path, { completeAt: null }).refused(409, 'NO_PENDING_RENEWAL');
  });

  it('completes by itself only once somebody received the new token', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}/renewal`;
    const tomorrow = new Date(api.clock.now().getTime() + day).toISOString();
    await admin.post(path, { completeAt: tomorrow }).expect(201);
    api.clock.advance(day + 1);
    // The link expired unread: nobody has the new token, so the old one goes on working.
    expect(await codeOf(credential)).toBe('VALID');
    const { key: again, link } = await admin.post(path, {}).expect<IssuedKey>(201);
    expect(again.renewal).toMatchObject({ completeAt: tomorrow });
    expect(await codeOf(credential)).toBe('VALID');
    const fresh = await redeem(api.url, link.url);
    expect([await codeOf(credential), await codeOf(fresh)]).toEqual([
      'INVALID_CREDENTIALS',
      'VALID',
    ]);
  });

  it.each([
    '9999-12-31T23:59:59-01:00',
    '9999-12-31T23:59:59.9999-00:01',
    '0000-12-31T23:59:59Z',
    '0001-01-01T00:00:00+00:01',
  ])('takes no time that RFC 3339 cannot write in UTC: %s', async (expiresAt) => {
    const body = { name: 'Beyond', roleIds: [], expiresAt };
    const { fields } = await admin.post(keys, body).refused(400, 'VALIDATION_FAILED');
    expect(fields).toMatchObject([{ path: 'expiresAt' }]);
    const last = { ...body, expiresAt: '9999-12-31T23:59:59.999Z' };
    const { key } = await admin.post(keys, last).expect<IssuedKey>(201);
    expect(key.expiresAt).toBe(last.expiresAt);
  });

  it('finds nothing by a search for what nothing is compared by', async () => {
    for (const search of ['\u0301', '\u0301\u0308']) {
      const page = await admin.get(`${keys}?search=${encodeURIComponent(search)}`).expect(200);
      expect(page).toEqual({ items: [], nextCursor: null, total: 0 });
    }
    const { total } = await admin.get(`${keys}?search=`).expect<{ total: number }>(200);
    expect(total).toBeGreaterThan(0);
  });

  it('shows the settings to who may change them', async () => {
    const role = await createRole(admin, 'acme', ['keys.settings']);
    const { credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const settings = asKey(api.url, credential).get('/v1/accounts/acme/settings').expect(200);
    await expect(settings).resolves.toHaveProperty('renewalPeriodMonths');
  });

  it('withdraws an open link, and replaces a token that was never delivered', async () => {
    const { key, link } = await generate('Withdrawn');
    const path = `${keys}/${key.id}`;
    const withdrawn = await admin.delete(`${path}/link`).expect<ApiKey>(200);
    expect(withdrawn.link?.state).toBe('withdrawn');
    await admin.delete(`${path}/link`).refused(409, 'NO_OPEN_LINK');
    await api
      .stranger()
      .get(`/v1/credentials/${secretOf(link.url)}`)
      .refused(410, 'LINK_GONE');

    const again = await admin.post(`${path}/renewal`).expect<IssuedKey>(201);
    expect(again.key).toMatchObject({ renewal: null, tokens: [{ state: 'current' }] });
    api.clock.advance(day);
    await api
      .stranger()
      .get(`/v1/credentials/${secretOf(again.link.url)}`)
      .refused(410, 'LINK_GONE');
    const expired = await admin.get(path).expect<ApiKey>(200);
    expect(expired.link?.state).toBe('expired');
  });

  it('expires, says so to who holds the token, and can be extended', async () => {
    const expiresAt = new Date(api.clock.now().getTime() + hour).toISOString();
    const { key, link } = await generate('Short-lived', [reader.id], { expiresAt });
    expect(key.expiresAt).toBe(expiresAt);
    const credential = await redeem(api.url, link.url);
    expect(await codeOf(credential)).toBe('VALID');
    api.clock.advance(hour);
    expect(await codeOf(credential)).toBe('EXPIRED');
    expect(await codeOf({ ...credential, token: 'lk_wrong' })).toBe('INVALID_CREDENTIALS');
    await admin.patch(`${keys}/${key.id}`, { expiresAt }).expect(200);
    await admin.patch(`${keys}/${key.id}`, { expiresAt: null }).expect(200);
    expect(await codeOf(credential)).toBe('VALID');
    const past = { name: 'Past', roleIds: [], expiresAt };
    await admin.post(keys, past).refused(400, 'VALIDATION_FAILED');
  });

  it('counts what was verified, and tells of a token’s age by the account’s period', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    await codeOf(credential);
    const used = () => admin.get(`${keys}/${key.id}`).expect<ApiKey>(200);
    await expect.poll(async () => (await used()).lastUsedAt, { interval: 500 }).not.toBeNull();
    expect((await used()).tokens[0]?.lastUsedAt).toBe((await used()).lastUsedAt);

    const settings = '/v1/accounts/acme/settings';
    expect(await admin.get(settings).expect(200)).toEqual({ renewalPeriodMonths: 3 });
    api.clock.advance(93 * day);
    expect(await used()).toMatchObject({ alert: 'due' });
    expect(await admin.put(settings, { renewalPeriodMonths: 6 }).expect(200)).toEqual({
      renewalPeriodMonths: 6,
    });
    expect(await used()).toMatchObject({ alert: 'none' });
    await admin.put(settings, { renewalPeriodMonths: 4 }).refused(400, 'VALIDATION_FAILED');
    await admin.put(settings, { renewalPeriodMonths: 3 }).expect(200);
    api.clock.advance(92 * day);
    expect(await used()).toMatchObject({ alert: 'overdue' });
    expect(await codeOf(credential)).toBe('VALID');
  });

  it('deletes a key for ever', async () => {
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    const path = `${keys}/${key.id}`;
    const { link } = await admin.post(`${path}/renewal`).expect<IssuedKey>(201);
    expect((await admin.delete(path)).text).toBe('');
    expect(await codeOf(credential)).toBe('INVALID_CREDENTIALS');
    await admin.get(path).refused(404, 'NOT_FOUND');
    await admin.delete(path).refused(404, 'NOT_FOUND');
    await api
      .stranger()
      .get(`/v1/credentials/${secretOf(link.url)}`)
      .refused(410, 'LINK_GONE');
  });

  it('lists, searches, filters and sorts, with cursors in the body and in Link', async () => {
    const found = await generate('Ação à la carte, 50% "off"_');
    const listed = await admin
      .get(`${keys}?search=${encodeURIComponent('ACAO A LA')}`)
      .expect<{ items: ApiKey[]; total: number }>(200);
    expect(listed.items.map(({ id }) => id)).toEqual([found.key.id]);
    for (const search of ['50% "', '"off"_', found.key.key.slice(-6).toLowerCase()]) {
      const { items } = await admin
        .get(`${keys}?search=${encodeURIComponent(search)}`)
        .expect<{ items: ApiKey[] }>(200);
      expect(items.map(({ id }) => id)).toEqual([found.key.id]);
    }

    const seen: string[] = [];
    let path: string | undefined = `${keys}?sort=name&order=asc&limit=3`;
    let total = 0;
    while (path !== undefined) {
      const answer = await admin.get(path);
      const page = answer.body as { items: ApiKey[]; total: number; nextCursor: string | null };
      seen.push(...page.items.map(({ name }) => name));
      ({ total } = page);
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      expect(path === undefined).toBe(page.nextCursor === null);
    }
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBeGreaterThan(3);
    const inactive = await admin
      .get(`${keys}?status=inactive&role=${reader.id}`)
      .expect<{ items: ApiKey[] }>(200);
    expect(inactive.items.every(({ status }) => status === 'inactive')).toBe(true);
    await admin.get(`${keys}?limit=0`).refused(400, 'VALIDATION_FAILED');
    await admin.get(`${keys}?limit=101`).refused(400, 'VALIDATION_FAILED');
    await admin.get(`${keys}?cursor=made-up`).refused(400, 'VALIDATION_FAILED');
    await admin.get(`${keys}?colour=red`).refused(400, 'VALIDATION_FAILED');
  });

  it('lets another account grant to a key, until its owner ends it', async () => {
    const created = await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/v1/accounts/partner');
    expect(await admin.get('/v1/accounts/partner').expect(200)).toEqual(created.body);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Again' }).refused(409, 'SLUG_TAKEN');
    const stock = await createRole(admin, 'partner', ['stock.read']);
    const { key, credential } = await generateAndRedeem(admin, 'acme', [reader.id], 'Shared');
    expect(await codeOf(credential, { account: 'partner' })).toBe('INVALID_CREDENTIALS');

    const externalKeys = '/v1/accounts/partner/external-keys';
    const added = await admin.post(externalKeys, { key: key.key, roleIds: [] });
    const external = added.body as ExternalKey;
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`${externalKeys}/${external.id}`);
    expect(external).toMatchObject({ key: key.key, account: 'acme', roles: [], status: 'active' });
    const twice = admin.post(externalKeys, { key: key.key, roleIds: [] });
    await twice.refused(409, 'EXTERNAL_KEY_EXISTS');
    const own = admin.post('/v1/accounts/acme/external-keys', { key: key.key, roleIds: [] });
    await own.refused(409, 'OWN_KEY');

    const path = `${externalKeys}/${external.id}`;
    const etag = added.headers.get('etag') ?? '';
    await admin.patch(path, { roleIds: [stock.id] }, { 'If-Match': etag }).expect(200);
    await admin.patch(path, { roleIds: [] }, { 'If-Match': etag }).refused(412, 'STALE');
    expect(await verify({ ...credential, account: 'partner' })).toMatchObject({
      code: 'VALID',
      account: 'partner',
      key: { account: 'acme' },
      permissions: ['stock.read'],
    });
    const listed = await admin.get(externalKeys).expect<{ items: ExternalKey[] }>(200);
    expect(listed.items).toMatchObject([{ id: external.id, roles: [{ name: 'stock.read' }] }]);

    await admin.post(`${keys}/${key.id}/deactivate`).expect(200);
    expect(await codeOf(credential, { account: 'partner' })).toBe('INACTIVE');
    await admin.post(`${keys}/${key.id}/activate`).expect(200);
    await admin.delete(path).expect(204);
    expect(await codeOf(credential, { account: 'partner' })).toBe('INVALID_CREDENTIALS');
    expect(await codeOf(credential)).toBe('VALID');
  });

  it('makes, edits and deletes roles, and a change reaches the next verification', async () => {
    const roles = '/v1/accounts/acme/roles';
    const created = await admin.post(roles, { name: 'Stock', permissions: ['stock.read'] });
    const role = created.body as Role;
    expect(created.headers.get('location')).toBe(`${roles}/${role.id}`);
    expect(role).toMatchObject({ description: '', predefined: false });
    const { credential, key } = await generateAndRedeem(admin, 'acme', [role.id]);
    const path = `${roles}/${role.id}`;
    const edited = await admin.patch(path, { permissions: ['stock.write'] });
    expect(edited.status).toBe(200);
    const seen = { 'If-Match': edited.headers.get('etag') ?? '' };
    await admin.patch(path, { description: 'Corrects stock.' }, seen).expect(200);
    await admin.patch(path, { description: 'Lost' }, seen).refused(412, 'STALE');
    expect(await codeOf(credential, { permission: 'stock.write' })).toBe('VALID');
    await admin.delete(`${roles}/${role.id}`).refused(409, 'ROLE_IN_USE');
    await admin.patch(`${keys}/${key.id}`, { roleIds: [] }).expect(200);
    await admin.delete(`${roles}/${role.id}`).expect(204);
    await admin.post(roles, { name: 'OWNER', permissions: [] }).refused(409, 'ROLE_NAME_TAKEN');
    const { items } = await admin.get(roles).expect<{ items: Role[] }>(200);
    const predefined = items.filter((item) => item.predefined);
    expect(predefined.map(({ name }) => name).sort()).toEqual(['Owner', 'Viewer']);
    for (const { id } of predefined) {
      await admin.patch(`${roles}/${id}`, { name: 'Mine' }).refused(409, 'ROLE_PREDEFINED');
      await admin.delete(`${roles}/${id}`).refused(409, 'ROLE_PREDEFINED');
    }
    const catalogue = await admin
      .get('/v1/accounts/acme/permissions')
      .expect<{ items: string[] }>(200);
    expect(catalogue.items).toEqual(expect.arrayContaining(['keys.view', 'orders.read']));
  });

  it('lets nobody grant what they do not hold', async () => {
    const helper = await createRole(
      admin,
      'acme',
      ['keys.view', 'keys.edit', 'roles.edit'],
      'Helper',
    );
    const rui = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
    const { client } = await inviteAndJoin(admin, 'acme', rui, [helper.id]);
    const roles = '/v1/accounts/acme/roles';
    const permissions = ['members.edit'];
    await client.post(roles, { name: 'More', permissions }).refused(403, 'FORBIDDEN');
    await client.post(keys, { name: 'More', roleIds: [reader.id] }).refused(403, 'FORBIDDEN');
    const { items } = await admin.get(roles).expect<{ items: Role[] }>(200);
    const ownerRole = items.find(({ name }) => name === 'Owner')?.id;
    await client.post(keys, { name: 'More', roleIds: [ownerRole] }).refused(403, 'FORBIDDEN');
    const granted = await client.post(keys, { name: 'Helper’s', roleIds: [helper.id] });
    expect(granted.status).toBe(201);
  });

  it('invites, lets join once, changes and removes a member, but never the last owner', async () => {
    const members = '/v1/accounts/acme/members';
    const before = await admin.get(members).expect<{ items: Member[] }>(200);
    const own = before.items.find(({ email }) => email === owner.email);
    await admin.patch(`${members}/${own?.id ?? ''}`, { roleIds: [] }).refused(409, 'LAST_OWNER');
    await admin.delete(`${members}/${own?.id ?? ''}`).refused(409, 'LAST_OWNER');

    const invited = await admin.post(members, { email: 'Bia@Acme.example', roleIds: [reader.id] });
    expect(invited.status).toBe(201);
    const { invitation, member } = invited.body as {
      member: Member;
      invitation: { url: string };
    };
    expect(invited.headers.get('location')).toBe(`${members}/${member.id}`);
    expect(member).toMatchObject({ email: 'bia@acme.example', status: 'invited', name: '' });
    const path = `/v1/invitations/${secretOf(invitation.url)}`;
    expect(await api.stranger().get(path).expect(200)).toMatchObject({
      email: 'bia@acme.example',
      account: 'Acme',
      registered: false,
    });
    const guest = api.stranger();
    const password = 'correct horse battery staple';
    await guest.post(`${path}/accept`, { password }).refused(400, 'VALIDATION_FAILED');
    expect(await guest.post(`${path}/accept`, { name: 'Bia', password }).expect(200)).toMatchObject(
      {
        slug: 'acme',
        owner: false,
        permissions: ['orders.read'],
      },
    );
    expect(await guest.get('/v1/session').expect(200)).toMatchObject({ name: 'Bia' });
    await api.stranger().get(path).refused(410, 'INVITATION_GONE');
    const joining = api.stranger().post(`${path}/accept`, { name: 'Eve', password });
    await joining.refused(410, 'INVITATION_GONE');

    await guest.get(keys).refused(403, 'FORBIDDEN');
    const viewer = await createRole(admin, 'acme', ['keys.view', 'audit.view']);
    const edited = await admin.patch(`${members}/${member.id}`, { roleIds: [viewer.id] });
    expect(edited.status).toBe(200);
    const seen = { 'If-Match': edited.headers.get('etag') ?? '' };
    await admin.patch(`${members}/${member.id}`, { roleIds: [] }, seen).expect(200);
    await admin.patch(`${members}/${member.id}`, { roleIds: [] }, seen).refused(412, 'STALE');
    await admin.patch(`${members}/${member.id}`, { roleIds: [viewer.id] }).expect(200);
    await guest.get(keys).expect(200);
    await guest.post(keys, { name: 'Mine', roleIds: [] }).refused(403, 'FORBIDDEN');
    const again = admin.post(members, { email: 'bia@acme.example', roleIds: [] });
    await again.refused(409, 'ALREADY_MEMBER');
    await admin.delete(`${members}/${member.id}`).expect(204);
    await guest.get(keys).refused(404, 'NOT_FOUND');
    await guest.delete('/v1/session').expect(204);
    await guest.get('/v1/session').refused(401, 'UNAUTHENTICATED');
  });

  it('is managed by an API key, within its permissions and its account', async () => {
    const rotator = await createRole(admin, 'acme', ['keys.view', 'keys.renew'], 'Rotator');
    const { key, credential } = await generateAndRedeem(admin, 'acme', [rotator.id], 'CI');
    const other = await generateAndRedeem(admin, 'acme', [reader.id], 'Rotated by CI');
    const ci = asKey(api.url, credential);
    const { link } = await ci.post(`${keys}/${key.id}/renewal`).expect<IssuedKey>(201);
    const fresh = await redeem(api.url, link.url);
    const again = asKey(api.url, fresh);
    await again.post(`${keys}/${key.id}/renewal/complete`).expect(200);
    const gone = await ci.get(`${keys}/${key.id}`);
    expect(gone.status).toBe(401);
    expect(gone.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await again.post(`${keys}/${other.key.id}/renewal`).expect(201);

    const forbidden = await again.post(keys, { name: 'More', roleIds: [] });
    expect(forbidden.status).toBe(403);
    expect(forbidden.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    const owned = await createRole(admin, 'acme', ['members.edit'], 'Powerful');
    const powerful = await generateAndRedeem(admin, 'acme', [owned.id], 'Powerful');
    await again.post(`${keys}/${powerful.key.id}/renewal`).refused(403, 'FORBIDDEN');
    await again.get('/v1/accounts/partner/keys').refused(404, 'NOT_FOUND');
    await again.get('/v1/session').refused(403, 'FORBIDDEN');
    await again.post('/v1/accounts', { slug: 'mine', name: 'Mine' }).refused(403, 'FORBIDDEN');
    const { items } = await again.get('/v1/accounts').expect<{ items: { slug: string }[] }>(200);
    expect(items.map(({ slug }) => slug)).toEqual(['acme']);
    const bearer = { Authorization: `Bearer ${fresh.token}` };
    await api.stranger().get(keys, bearer).expect(200);
    await api
      .stranger()
      .get(keys, { Authorization: basic(fresh) })
      .expect(200);
    const keyHeader = { 'X-API-Key': fresh.key };
    await api
      .stranger()
      .get(keys, { ...bearer, ...keyHeader })
      .expect(200);
    const foreign = { Authorization: 'Digest x' };
    await api.stranger().get(keys, foreign).refused(401, 'UNAUTHENTICATED');
    await api.stranger().get(keys, keyHeader).refused(401, 'UNAUTHENTICATED');
    const empty = { Authorization: 'Bearer ' };
    await api.stranger().get(keys, empty).refused(400, 'VALIDATION_FAILED');
  });

  it('remembers who did it, and the chain of events is whole', async () => {
    const events = '/v1/accounts/acme/audit-events';
    const { items, nextCursor } = await admin
      .get(`${events}?limit=5`)
      .expect<{ items: { sequence: number }[]; nextCursor: string }>(200);
    expect(items).toHaveLength(5);
    const next = await admin
      .get(`${events}?limit=5&cursor=${nextCursor}`)
      .expect<{ items: { sequence: number }[] }>(200);
    expect(next.items[0]?.sequence).toBe((items.at(-1)?.sequence ?? 0) - 1);
    const refusals = await admin
      .get(`${events}?action=access.refused&actor=rui`)
      .expect<{ items: { actor: { name: string } }[] }>(200);
    expect(refusals.items.length).toBeGreaterThan(0);
    expect(await admin.get(`${events}/verify`).expect(200)).toEqual({
      intact: true,
      events: expect.any(Number) as unknown,
      brokenAt: null,
      reason: null,
    });
  });
});
