import { Secret } from '@latchkey/core';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { joinAtOnce } from '../../src/people/join.ts';
import { openService } from '../../src/service.ts';
import { engines } from '../databases.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { inviteAndJoin, secretOf, type IssuedInvitation } from './things.ts';

let api: RunningApi;
afterEach(() => api.stop());

const session = '/v1/session';
const wrong = { email: owner.email, password: 'wrong' };

/** The attributes of the cookie that keeps a session, in lower case. */
async function cookieOf(): Promise<string[]> {
  const answer = await api
    .stranger()
    .post(session, { email: owner.email, password: owner.password });
  expect(answer.status).toBe(200);
  const cookies = answer.headers.getSetCookie();
  const cookie = cookies.find((line) => line.includes('session_token')) ?? '';
  return cookie
    .split(/; */)
    .map((part, index) => (index === 0 ? (part.split('=', 1)[0] ?? '') : part.toLowerCase()));
}

describe('signing in', () => {
  it('sets a cookie that no script reads and no other site sends', async () => {
    api = await startApi('sqlite');
    const [name, ...attributes] = await cookieOf();
    expect(name).toBe('latchkey.session_token');
    expect(attributes).toEqual(expect.arrayContaining(['httponly', 'samesite=lax', 'path=/']));
    expect(attributes).not.toContain('secure');
    expect(attributes.some((attribute) => attribute.startsWith('domain='))).toBe(false);
  });

  it('sets it for https alone where that is the public URL, and says so in the OpenAPI document', async () => {
    api = await startApi('sqlite', { PUBLIC_URL: 'https://keys.example.com' });
    const [name, ...attributes] = await cookieOf();
    expect(name).toBe('__Host-latchkey.session_token');
    expect(attributes).toEqual(
      expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']),
    );
    expect(attributes.some((attribute) => attribute.startsWith('domain='))).toBe(false);
    const document = await api.stranger().get('/v1/openapi.json').expect(200);
    expect(document).toMatchObject({
      servers: [{ url: 'https://keys.example.com' }],
      components: { securitySchemes: { session: { name } } },
    });
    const { headers } = await api.stranger().get('/healthz');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('does not tell an unknown address from a wrong password', async () => {
    api = await startApi('sqlite');
    const anyone = api.stranger();
    const known = await anyone.post(session, wrong);
    const unknown = await anyone.post(session, { ...wrong, email: 'nobody@acme.example' });
    expect([known.status, known.body]).toEqual([401, unknown.body]);
    await api
      .stranger()
      .post(session, { ...owner })
      .refused(400, 'VALIDATION_FAILED');
    const shouted = { email: owner.email.toUpperCase(), password: owner.password };
    await api.stranger().post(session, shouted).expect(200);
  });

  it('makes who fails too often wait, however many try at the same time', async () => {
    api = await startApi('sqlite');
    const tries = Array.from({ length: 30 }, async () => api.stranger().post(session, wrong));
    const answers = await Promise.all(tries);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(20);
    const waits = limited.map(({ headers }) => Number(headers.get('retry-after')));
    expect(waits.every((seconds) => seconds > 0 && seconds <= 900)).toBe(true);
    const right = { email: owner.email, password: owner.password };
    await api.stranger().post(session, right).refused(429, 'RATE_LIMITED');
    const overTrpc = await api.stranger().post('/trpc/session.signIn', right);
    expect([overTrpc.status, Number(overTrpc.headers.get('retry-after')) > 0]).toEqual([429, true]);
    await api
      .stranger()
      .post(session, { ...wrong, email: 'else@acme.example' })
      .expect(401);
  });

  it('ends the session for good when signing out', async () => {
    api = await startApi('sqlite');
    const client = await api.signIn(owner.email, owner.password);
    const { cookie } = client;
    await client.delete(session).expect(204);
    expect(client.cookie).toBe('');
    await api.stranger().get(session, { cookie }).refused(401, 'UNAUTHENTICATED');
    await api.stranger().delete(session).expect(204);
  });

  it('takes no session whose cookie was tampered with', async () => {
    api = await startApi('sqlite');
    const { cookie } = await api.signIn(owner.email, owner.password);
    const [name, value = ''] = cookie.split('=', 2);
    const [token = ''] = decodeURIComponent(value).split('.', 1);
    for (const forged of [token, `${token}.`, `${token}.AAAA`, `x${value}`, '%00', '%zz']) {
      const answer = await api.stranger().get(session, { cookie: `${name ?? ''}=${forged}` });
      expect([forged, answer.status]).toEqual([forged, 401]);
    }
  });

  it('keeps sessions when the secret is rotated, and ends them when the old one is gone', async () => {
    const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((bytes) =>
      bytes.toString('base64'),
    );
    api = await startApi('sqlite', { LATCHKEY_SECRET: first ?? '' });
    const { cookie } = await api.signIn(owner.email, owner.password);
    const rotate = async (secret: string) => api.restart({ LATCHKEY_SECRET: secret });
    await rotate(`${second ?? ''},${first ?? ''}`);
    await api.stranger().get(session, { cookie }).expect(200);
    const fresh = await api.signIn(owner.email, owner.password);
    await rotate(second ?? '');
    await api.stranger().get(session, { cookie }).expect(401);
    await fresh.get(session).expect(200);
    expect(fresh.cookie).not.toBe(cookie);
  });
});

describe.each(engines)('joining, on %s', (engine) => {
  const members = '/v1/accounts/acme/members';
  const password = 'a long enough password';

  it('lets one of many at the same time accept an invitation', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const body = { email: 'bia@acme.example', roleIds: [] };
    const { invitation } = await admin.post(members, body).expect<IssuedInvitation>(201);
    const path = `/v1/invitations/${secretOf(invitation?.url ?? '')}/accept`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => api.stranger().post(path, { name: 'Bia', password })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.every((status) => [200, 410].includes(status))).toBe(true);
    await api.signIn('bia@acme.example', password);
  });

  it('keeps who joined in another window while they were registered in this one, and nobody else', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64');
    api = await startApi(engine, { LATCHKEY_SECRET: secret });
    const environment = { DATABASE_URL: api.database.url, LATCHKEY_SECRET: secret };
    const node = await openService(readConfig(environment), pino({ level: 'silent' }));
    const { people, ports } = node;
    const admin = await api.signIn(owner.email, owner.password);
    const begin = async (email: string) => {
      const invited = await admin
        .post(members, { email, roleIds: [] })
        .expect<IssuedInvitation>(201);
      const person = await people.register({ email, name: 'Bia', password });
      if (!person) throw new Error('Nobody has the address.');
      const invitation = secretOf(invited.invitation?.url ?? '');
      const goOn = () => joinAtOnce(ports, people, new Secret(invitation), person, null);
      return { invitation, memberId: invited.member.id, person, goOn };
    };
    const gone = { ok: false, refusal: { code: 'INVITATION_GONE' } };

    const overtaken = await begin('bia@acme.example');
    const path = `/v1/invitations/${overtaken.invitation}/accept`;
    await api.stranger().post(path, { password }).expect(200);
    expect(await overtaken.goOn()).toMatchObject(gone);
    const bia = await api.signIn('bia@acme.example', password);
    await bia.get('/v1/accounts/acme').expect(200);

    const late = await begin('rui@acme.example');
    await admin.delete(`${members}/${late.memberId}`).expect(204);
    expect(await late.goOn()).toMatchObject(gone);
    expect(await people.get(late.person.id)).toBeNull();
    await node.close();
  });

  it('takes the password of whoever is registered already, in another account', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const bia = { email: 'bia@acme.example', name: 'Bia', password };
    await inviteAndJoin(admin, 'acme', bia, []);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const invited = await admin
      .post('/v1/accounts/partner/members', { email: bia.email, roleIds: [] })
      .expect<IssuedInvitation>(201);
    const path = `/v1/invitations/${secretOf(invited.invitation?.url ?? '')}`;
    expect(await api.stranger().get(path).expect(200)).toMatchObject({ registered: true });
    const guessing = api.stranger().post(`${path}/accept`, { password: 'not the password' });
    await guessing.refused(401, 'UNAUTHENTICATED');
    await api.stranger().post(`${path}/accept`, { password }).expect(200);
    const client = await api.signIn(bia.email, password);
    const { items } = await client.get('/v1/accounts').expect<{ items: { slug: string }[] }>(200);
    expect(items.map(({ slug }) => slug)).toEqual(['acme', 'partner']);
  });

  it('ends when the invitation expires, is replaced or taken back', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const body = { email: 'bia@acme.example', roleIds: [] };
    const invite = async () => {
      const invited = await admin.post(members, body).expect<IssuedInvitation>(201);
      return {
        id: invited.member.id,
        path: `/v1/invitations/${secretOf(invited.invitation?.url ?? '')}`,
      };
    };
    const [first, second] = [await invite(), await invite()];
    expect(second.id).toBe(first.id);
    await api.stranger().get(first.path).refused(410, 'INVITATION_GONE');
    await admin.delete(`${members}/${second.id}`).expect(204);
    await api.stranger().get(second.path).refused(410, 'INVITATION_GONE');
    const third = await invite();
    await api.stranger().get(third.path).expect(200);
    api.clock.advance(30 * 24 * 60 * 60 * 1000);
    await api.stranger().get(third.path).refused(410, 'INVITATION_GONE');
    const late = api.stranger().post(`${third.path}/accept`, { name: 'Bia', password });
    await late.refused(410, 'INVITATION_GONE');
  });
});

describe.each(engines)('setting up, on %s', (engine) => {
  const setUp = '/v1/set-up';
  const codeOf = (url: string) => url.slice(url.indexOf('#') + 1);
  const claim = (code: string, email = 'eve@acme.example') => ({
    code,
    email,
    password: 'a long enough password',
    name: 'Eve',
    account: 'eves',
    accountName: 'Eve’s',
  });

  it('takes the code that every start prints, once', async () => {
    api = await startApi(engine, {}, false);
    expect(api.setUpUrl.startsWith(`${api.url}/setup#`)).toBe(true);
    const code = codeOf(api.setUpUrl);
    await api.restart({});
    expect(codeOf(api.setUpUrl)).toBe(code);
    const anyone = api.stranger();
    expect(await anyone.get(setUp).expect(200)).toEqual({ needed: true });
    await anyone.post(setUp, claim(`${code}x`)).refused(403, 'FORBIDDEN');
    await anyone.post(setUp, claim('guess')).refused(403, 'FORBIDDEN');
    const claimed = await anyone.post(setUp, claim(code));
    expect([claimed.status, claimed.headers.get('location')]).toEqual([201, '/v1/accounts/eves']);
    expect(await anyone.get('/v1/session').expect(200)).toMatchObject({ administrator: true });
    expect(await anyone.get(setUp).expect(200)).toEqual({ needed: false });
    await anyone.post(setUp, claim(code, 'bob@acme.example')).refused(409, 'ALREADY_SET_UP');
    await api.stranger().post(setUp, claim('guess')).refused(409, 'ALREADY_SET_UP');
  });

  it('lets one of many at the same time in, and keeps nothing of the others', async () => {
    api = await startApi(engine, {}, false);
    const code = codeOf(api.setUpUrl);
    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, place) =>
        api.stranger().post(setUp, claim(code, `eve-${String(place % 3)}@acme.example`)),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409]);
    const store = await api.database.open();
    const people = await store.kysely.selectFrom('person').select('email').execute();
    expect(people).toHaveLength(1);
  });
});
