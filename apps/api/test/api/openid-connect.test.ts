import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/command-line/doctor.ts';
import { disconnect } from '../../src/command-line/disconnect.ts';
import { readConfig } from '../../src/config.ts';
import { engines, type Engine } from '../databases.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
import { startIdentityProvider, type TestIdentityProvider } from './identity-provider.ts';
import type { RestAnswer, RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  addPasskey,
  proveByPasskey,
  SoftwareAuthenticator,
  type Deviations,
} from './software-authenticator.ts';
import { inviteAndJoin, secretOf, type IssuedInvitation } from './things.ts';

let api: RunningApi;
let idp: TestIdentityProvider;
const callback = '/sign-in/openid-connect';

beforeEach(async () => {
  idp = await startIdentityProvider();
});
afterEach(async () => {
  await api.stop();
  await idp.close().catch(() => undefined);
});

async function start(engine: Engine, more: Record<string, string> = {}): Promise<void> {
  api = await startApi(engine, { ...idp.variables, ...more });
  idp.open(`${api.url}${callback}`);
}

const ana = {
  sub: 'ana-at-acme',
  email: 'Ana@Acme.example',
  email_verified: true,
  name: 'Ana of the provider',
};

/** Asks where to go, as the sign-in page does. */
async function begin(client: RestClient, returnPath = '/', invitation?: string): Promise<string> {
  const input = { returnPath, ...(invitation !== undefined && { invitation }) };
  const { result } = await client
    .post('/trpc/openIdConnect.begin', input)
    .expect<{ result: { data: { url: string } } }>(200);
  return result.data.url;
}

/** Comes back with an address that the provider sent a browser to. @returns the path and query that it leads to. */
async function comeBack(client: RestClient, to: URL): Promise<string> {
  const answer = await client.get(to.pathname + to.search);
  return locationOf(answer);
}

function locationOf(answer: RestAnswer): string {
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([303, 'no-store']);
  const location = answer.headers.get('location') ?? '';
  expect(location.startsWith(`${api.url}/`)).toBe(true);
  return location.slice(api.url.length);
}

/** The whole way. @returns where it leads. */
async function signIn(client: RestClient, returnPath = '/'): Promise<string> {
  return comeBack(client, await idp.visit(await begin(client, returnPath)));
}

const isSignedIn = async (client: RestClient) => (await client.get('/v1/session')).status === 200;

/** Signs the owner in by the provider for the first time, which takes their password. */
async function connectOwner(): Promise<RestClient> {
  const client = api.stranger();
  idp.person = ana;
  expect(await signIn(client)).toBe('/sign-in?provider=connect');
  await client.post('/v1/session', { email: owner.email, password: owner.password }).expect(200);
  return client;
}

/** Why sign-ins failed, as the audit log of the account tells it. */
async function failedSignIns(admin: RestClient): Promise<string[]> {
  const path = '/v1/accounts/acme/audit-events?action=sign-in.failed';
  const { items } = await admin.get(path).expect<{ items: { details: { reason: string } }[] }>(200);
  return items.map(({ details }) => details.reason);
}

async function invite(email: string): Promise<string> {
  const admin = await api.signIn(owner.email, owner.password);
  const { invitation } = await admin
    .post('/v1/accounts/acme/members', { email, roleIds: [] })
    .expect<IssuedInvitation>(201);
  return secretOf(invitation?.url ?? '');
}

describe.each(engines)('signing in by OpenID Connect, on %s', (engine) => {
  it('takes the password once to connect an identity, and none from then on', async () => {
    await start(engine);
    await connectOwner();
    const client = api.stranger();
    expect(await signIn(client, '/a/acme/keys?status=active')).toBe('/a/acme/keys?status=active');
    expect(await client.get('/v1/session').expect(200)).toMatchObject({
      email: owner.email,
      name: owner.name,
    });
    // The address may change at the provider: who it is stays.
    idp.person = { ...ana, email: 'ana.souza@acme.example' };
    const later = api.stranger();
    expect(await signIn(later)).toBe('/');
    expect(await later.get('/v1/session').expect(200)).toMatchObject({ email: owner.email });
    const events = '/v1/accounts/acme/audit-events?action=sign-in.identity-connected';
    const { items } = await later.get(events).expect<{ items: object[] }>(200);
    expect(items).toMatchObject([{ actor: { name: owner.email }, from: '127.0.0.1' }]);
    expect(items).toHaveLength(1);
  });

  it('registers who accepts an invitation that way, without a password', async () => {
    await start(engine);
    const invitation = await invite('bia@acme.example');
    idp.person = { sub: 'bia', email: 'bia@acme.example', email_verified: true, name: ' Bia  ' };
    const client = api.stranger();
    const to = await idp.visit(await begin(client, '/', invitation));
    expect(await comeBack(client, to)).toBe('/a/acme/keys');
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      email: 'bia@acme.example',
      name: 'Bia',
      hasPassword: false,
      identityProvider: { name: 'Acme ID', connected: true },
    });
    const admin = await api.signIn(owner.email, owner.password);
    const events = '/v1/accounts/acme/audit-events?action=member.joined';
    expect(await admin.get(events).expect(200)).toMatchObject({
      items: [{ actor: { name: 'bia@acme.example' }, from: '127.0.0.1' }],
    });
    const late = api.stranger();
    const again = await idp.visit(await begin(late, '/', invitation));
    // They are who they are; the page of the invitation says that it is gone.
    expect(await comeBack(late, again)).toBe(`/invitations/${invitation}`);
    expect(await isSignedIn(late)).toBe(true);
    await late.post('/v1/session', { email: 'bia@acme.example', password: 'x' }).expect(401);
  });

  it('registers one person, whoever comes with an invitation at the same time', async () => {
    await start(engine);
    const invitation = await invite('bia@acme.example');
    idp.person = { sub: 'bia', email: 'bia@acme.example', email_verified: true };
    const clients = Array.from({ length: 4 }, () => api.stranger());
    const ways = await Promise.all(
      clients.map(async (client) => ({
        client,
        to: await idp.visit(await begin(client, '/', invitation)),
      })),
    );
    const led = await Promise.all(ways.map(async ({ client, to }) => comeBack(client, to)));
    expect(led).toContain('/a/acme/keys');
    const store = await api.database.open();
    const people = await store.kysely.selectFrom('person').select('email').execute();
    expect(people.map(({ email }) => email).sort()).toEqual([owner.email, 'bia@acme.example']);
    const credentials = await store.kysely
      .selectFrom('person_credential')
      .select(['provider_id', 'access_token', 'refresh_token', 'id_token'])
      .where('provider_account_id', '=', 'bia')
      .execute();
    // What the provider gave out is looked at and kept nowhere.
    expect(credentials).toEqual([
      { provider_id: idp.issuer, access_token: null, refresh_token: null, id_token: null },
    ]);
  });

  it('gives an invitation to nobody but whom it was made for', async () => {
    await start(engine);
    const invitation = await invite('bia@acme.example');
    idp.person = { sub: 'eve', email: 'eve@acme.example', email_verified: true };
    const client = api.stranger();
    const to = await idp.visit(await begin(client, '/', invitation));
    expect(await comeBack(client, to)).toBe(`/invitations/${invitation}?provider=other-address`);
    await api.stranger().get(`/v1/invitations/${invitation}`).expect(200);
    // Nor to whoever is known, and has the address at the provider alone.
    await connectOwner();
    idp.person = { ...ana, email: 'bia@acme.example' };
    const known = await idp.visit(await begin(client, '/', invitation));
    expect(await comeBack(client, known)).toBe(`/invitations/${invitation}?provider=other-address`);
    expect(await isSignedIn(client)).toBe(false);
  });

  it('connects whoever joins with the password that they have here', async () => {
    await start(engine);
    const admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const bia = { email: 'bia@acme.example', name: 'Bia', password: 'a long enough password' };
    await inviteAndJoin(admin, 'partner', bia, []);
    const invitation = await invite(bia.email);
    idp.person = { sub: 'bia', email: bia.email, email_verified: true };
    const client = api.stranger();
    const to = await idp.visit(await begin(client, '/', invitation));
    expect(await comeBack(client, to)).toBe(`/invitations/${invitation}?provider=connect`);
    await client
      .post(`/v1/invitations/${invitation}/accept`, { password: bia.password })
      .expect(200);
    const later = api.stranger();
    expect(await signIn(later)).toBe('/');
    expect(await later.get('/v1/session').expect(200)).toMatchObject({ email: bia.email });
  });

  it('lets nobody in by an address that the provider has not verified', async () => {
    await start(engine);
    for (const person of [
      { sub: 'eve', email: owner.email, email_verified: false },
      { sub: 'eve', email: owner.email },
      { sub: 'eve', email: owner.email, email_verified: false, xms_edov: true },
      { sub: 'eve', email: 'no address', email_verified: true },
      { sub: 'eve' },
    ]) {
      idp.person = person;
      const client = api.stranger();
      expect(await signIn(client)).toBe('/sign-in?provider=unverified');
      expect(await isSignedIn(client)).toBe(false);
    }
    // How Entra ID says it.
    idp.person = { sub: 'ana', email: owner.email, xms_edov: true };
    expect(await signIn(api.stranger())).toBe('/sign-in?provider=connect');
  });

  it('connects an identity to no other than the one whose address and password it takes', async () => {
    await start(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const rui = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
    await inviteAndJoin(admin, 'acme', rui, []);
    const client = api.stranger();
    idp.person = ana;
    await signIn(client);
    await client.post('/v1/session', { email: owner.email, password: 'wrong' }).expect(401);
    await client.post('/v1/session', { email: rui.email, password: rui.password }).expect(200);
    const after = api.stranger();
    expect(await signIn(after), 'it is still nobody’s').toBe('/sign-in?provider=connect');

    await connectOwner();
    // The audit log tells of failures of one person once a minute.
    api.clock.advance(60_000);
    // Somebody else got the address at the provider: they are not the person who had it.
    idp.person = { ...ana, sub: 'another-ana' };
    const successor = api.stranger();
    expect(await signIn(successor)).toBe('/sign-in?provider=taken');
    expect(await isSignedIn(successor)).toBe(false);
    await expect
      .poll(() => failedSignIns(admin))
      .toContain('The identity provider has this address for somebody else now.');
  });

  it('forgets an identity by the command line, so that another takes its place', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64');
    await start(engine, { LATCHKEY_SECRET: secret });
    const client = await connectOwner();
    const environment = { DATABASE_URL: api.database.url, LATCHKEY_SECRET: secret };
    const run = async (email: string) => disconnect(readConfig(environment), { email });
    await expect(run('nobody@acme.example')).rejects.toThrow('nobody here has the address');
    expect(await run(owner.email)).toContain('is signed out');
    expect(await isSignedIn(client)).toBe(false);
    expect(await run(owner.email)).toContain('was connected with nobody');
    idp.person = { ...ana, sub: 'another-ana' };
    const successor = api.stranger();
    expect(await signIn(successor)).toBe('/sign-in?provider=connect');
    await successor
      .post('/v1/session', { email: owner.email, password: owner.password })
      .expect(200);
    expect(await signIn(api.stranger())).toBe('/');
  });

  it('asks for the second factor too, of who turned one on here', async () => {
    await start(engine);
    const first = await connectOwner();
    const { app, recoveryCodes } = await turnSecondFactorOn(api, first);
    const client = api.stranger();
    expect(await signIn(client, '/a/acme/roles')).toBe(
      '/sign-in?provider=code&return=%2Fa%2Facme%2Froles',
    );
    expect(await isSignedIn(client)).toBe(false);
    const prove = (from: RestClient, code: string) =>
      from.post('/trpc/openIdConnect.proveSecondFactor', { code });
    expect((await prove(client, '000000x')).status).toBe(403);
    await expect
      .poll(() => failedSignIns(first))
      .toContain('The code is wrong, or was used before.');
    const code = app.nextCode();
    expect((await prove(api.stranger(), code)).status, 'in another browser').toBe(401);
    const { result } = await prove(client, code).expect<{ result: { data: unknown } }>(200);
    expect(result.data).toEqual({ path: '/a/acme/roles' });
    expect(await isSignedIn(client)).toBe(true);

    const late = api.stranger();
    await signIn(late);
    api.clock.advance(11 * 60 * 1000);
    expect((await prove(late, recoveryCodes[0] ?? '')).status).toBe(401);

    const guessing = api.stranger();
    await signIn(guessing);
    for (let tried = 0; tried < 10; tried += 1) await prove(guessing, '00000-00000').expect(403);
    expect((await prove(guessing, recoveryCodes[0] ?? '')).status).toBe(429);
  });
});

const disconnection = '/v1/profile/identity-provider/disconnect';

/** What became known in the account of connecting and disconnecting, the oldest first. */
async function connections(admin: RestClient): Promise<string[]> {
  const path = '/v1/accounts/acme/audit-events?limit=100';
  const { items } = await admin.get(path).expect<{ items: { action: string }[] }>(200);
  const actions = items.map(({ action }) => action).toReversed();
  return actions.filter((action) => action.startsWith('sign-in.identity-'));
}

/** Registers Bia by the provider, without a password, and signs her in. */
async function joinByProvider(): Promise<RestClient> {
  const invitation = await invite('bia@acme.example');
  idp.person = { sub: 'bia', email: 'bia@acme.example', email_verified: true, name: 'Bia' };
  const client = api.stranger();
  const to = await idp.visit(await begin(client, '/', invitation));
  expect(await comeBack(client, to)).toBe('/a/acme/keys');
  return client;
}

describe.each(engines)('disconnecting the identity provider, on %s', (engine) => {
  it('takes the password, ends the other sessions, and has the next sign-in connect anew', async () => {
    await start(engine);
    const client = await connectOwner();
    const elsewhere = api.stranger();
    await signIn(elsewhere);
    await client.post(disconnection, {}).refused(403, 'WRONG_PASSWORD');
    await client.post(disconnection, { password: 'a guess' }).refused(403, 'WRONG_PASSWORD');
    expect(await isSignedIn(elsewhere)).toBe(true);
    const { password } = owner;
    await client.post(disconnection, { password }).expect(204);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      identityProvider: { name: 'Acme ID', connected: false },
    });
    expect(await connections(client)).toEqual([
      'sign-in.identity-connected',
      'sign-in.identity-disconnected',
    ]);
    await client.post(disconnection, { password }).refused(404, 'NOT_FOUND');
    expect(await signIn(api.stranger())).toBe('/sign-in?provider=connect');
  });

  it('is refused to whom nothing else lets in, until they have a passkey', async () => {
    await start(engine);
    const client = await joinByProvider();
    await client.post(disconnection, {}).refused(409, 'ONLY_WAY_IN');
    // An app goes with a password: it lets nobody in alone.
    const { app } = await turnSecondFactorOn(api, client);
    await client.post(disconnection, { code: app.nextCode() }).refused(409, 'ONLY_WAY_IN');
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      identityProvider: { connected: true },
    });

    const authenticator = new SoftwareAuthenticator(api.url);
    const { passkey } = await addPasskey(client, authenticator, { code: app.nextCode() });
    await client.post(disconnection, {}).refused(403, 'WRONG_PASSWORD');
    const proof = { passkey: await proveByPasskey(client, authenticator) };
    await client.post(disconnection, proof).expect(204);
    const removal = `/v1/profile/passkeys/${passkey.id}/remove`;
    await client.post(removal, { code: app.nextCode() }).refused(409, 'ONLY_WAY_IN');
    const browser = api.stranger();
    const alone = await proveByPasskey(browser, authenticator);
    await browser.post('/v1/session/passkey', alone).expect(200);
  });

  it('leaves nobody to whoever has the address next, without the second factor', async () => {
    await start(engine);
    const client = await joinByProvider();
    const authenticator = new SoftwareAuthenticator(api.url);
    await addPasskey(client, authenticator);
    const proof = { passkey: await proveByPasskey(client, authenticator) };
    await client.post(disconnection, proof).expect(204);

    idp.person = { sub: 'another-bia', email: 'bia@acme.example', email_verified: true };
    const successor = api.stranger();
    expect(await signIn(successor)).toBe('/sign-in?provider=code');
    expect(await isSignedIn(successor)).toBe(false);
    const profile = await client.get('/v1/profile').expect(200);
    expect(profile).toMatchObject({ identityProvider: { connected: false } });
    // It is Bia, who was made anew at the provider: she proves it.
    const passkey = await proveByPasskey(successor, authenticator);
    const proven = await successor.post('/trpc/openIdConnect.proveSecondFactor', { passkey });
    expect([proven.status, await isSignedIn(successor)]).toEqual([200, true]);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      identityProvider: { connected: true },
    });
    const admin = await api.signIn(owner.email, owner.password);
    expect(await connections(admin)).toEqual([
      'sign-in.identity-disconnected',
      'sign-in.identity-connected',
    ]);
  });
});

describe('signing in by OpenID Connect', () => {
  it('takes a passkey for the second factor', async () => {
    await start('sqlite');
    const authenticator = new SoftwareAuthenticator(api.url);
    await addPasskey(await connectOwner(), authenticator);
    const client = api.stranger();
    expect(await signIn(client)).toBe('/sign-in?provider=code');
    const asked = async (browser: RestClient) =>
      browser.get('/trpc/openIdConnect.awaitedFactors').expect(200);
    const factors = ['passkey', 'recovery-code'];
    expect(await asked(client)).toEqual({ result: { data: { factors } } });
    expect(await asked(api.stranger()), 'another browser').toEqual({
      result: { data: { factors: [] } },
    });
    const prove = async (deviations: Deviations) => {
      const passkey = await proveByPasskey(client, authenticator, deviations);
      return client.post('/trpc/openIdConnect.proveSecondFactor', { passkey });
    };
    expect((await prove({ verified: false })).status).toBe(403);
    expect(await isSignedIn(client)).toBe(false);
    expect((await prove({})).status).toBe(200);
    expect(await isSignedIn(client)).toBe(true);
  });

  it('is there only where it is set up', async () => {
    api = await startApi('sqlite');
    const told = await api.stranger().get('/trpc/openIdConnect.provider').expect(200);
    expect(told).toEqual({ result: { data: { name: null } } });
    const begun = await api.stranger().post('/trpc/openIdConnect.begin', { returnPath: '/' });
    expect(begun.status).toBe(404);
    const { headers } = await api.stranger().get(`${callback}?code=x&state=y`);
    expect(headers.get('location')).toBeNull();
  });

  it('sends the browser to the provider with what binds it, and none of it in clear in its cookie', async () => {
    await start('sqlite');
    const client = api.stranger();
    const url = new URL(await begin(client));
    expect(url.origin).toBe(idp.issuer);
    const sent = Object.fromEntries(url.searchParams);
    expect(sent).toMatchObject({
      response_type: 'code',
      client_id: 'latchkey',
      redirect_uri: `${api.url}${callback}`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(sent[name]?.length).toBeGreaterThan(40);
      expect(client.cookie).not.toContain(sent[name]);
    }
    expect(await api.stranger().get('/trpc/openIdConnect.provider').expect(200)).toEqual({
      result: { data: { name: 'Acme ID' } },
    });
  });

  it('keeps what it began in a cookie that no script reads and no subdomain plants', async () => {
    await start('sqlite', { PUBLIC_URL: 'https://keys.example.com' });
    const answer = await api.stranger().post('/trpc/openIdConnect.begin', { returnPath: '/' });
    const [line = ''] = answer.headers.getSetCookie();
    const [pair = '', ...attributes] = line.split('; ');
    expect(pair.split('=', 1)).toEqual(['__Host-latchkey.openid_connect']);
    expect(attributes.sort()).toEqual(
      ['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure'].sort(),
    );
  });

  it('begins a new session, and ends the one that was there', async () => {
    await start('sqlite');
    const client = await connectOwner();
    const before = client.cookie;
    await signIn(client);
    expect(client.cookie).not.toBe(before);
    await api.stranger().get('/v1/session', { cookie: before }).expect(401);
    expect(await isSignedIn(client)).toBe(true);
  });

  it('takes no answer with another state, from another browser, after ten minutes or with a tampered cookie', async () => {
    await start('sqlite');
    await connectOwner();
    const expired = '/sign-in?provider=expired';
    const client = api.stranger();
    const to = await idp.visit(await begin(client));

    const other = new URL(to);
    other.searchParams.set('state', 'x'.repeat(43));
    expect(await comeBack(client, other)).toBe(expired);
    other.searchParams.delete('state');
    expect(await comeBack(client, other)).toBe(expired);
    expect(await comeBack(api.stranger(), to), 'another browser').toBe(expired);

    const { cookie } = client;
    const [name = '', value = ''] = cookie.split('=', 2);
    const flipped = value.slice(0, -3) + (value.at(-3) === 'A' ? 'B' : 'A') + value.slice(-2);
    for (const forged of [flipped, value.slice(4), 'AAAA', '', '%00', `${value}.${value}`]) {
      const answer = await api
        .stranger()
        .get(to.pathname + to.search, { cookie: `${name}=${forged}` });
      expect([forged, locationOf(answer)]).toEqual([forged, expired]);
    }
    // None of it has ended what the browser began.
    expect(await comeBack(client, to)).toBe('/');

    const slow = api.stranger();
    const late = await idp.visit(await begin(slow));
    api.clock.advance(10 * 60 * 1000);
    expect(await comeBack(slow, late)).toBe(expired);
    expect(await isSignedIn(slow)).toBe(false);
  });

  it('takes a code once, whoever kept the cookie and the address', async () => {
    await start('sqlite');
    await connectOwner();
    const client = api.stranger();
    const to = await idp.visit(await begin(client));
    const { cookie } = client;
    expect(await comeBack(client, to)).toBe('/');
    expect(await comeBack(client, to), 'the cookie is gone').toBe('/sign-in?provider=expired');
    const thief = await api.stranger().get(to.pathname + to.search, { cookie });
    expect(locationOf(thief)).toBe('/sign-in?provider=failed');
    expect(thief.headers.getSetCookie().join()).not.toContain('session_token');
  });

  it('takes no code that was given out for another nonce or to another browser', async () => {
    await start('sqlite');
    await connectOwner();
    const victim = api.stranger();
    const url = new URL(await begin(victim));
    url.searchParams.set('nonce', 'of-the-attacker');
    expect(await comeBack(victim, await idp.visit(url.href))).toBe('/sign-in?provider=failed');
    expect(api.log()).toContain('unexpected JWT claim value');

    // The attacker's own code, put before the victim with the victim's own state.
    const begun = new URL(await begin(victim));
    const theirs = await idp.visit(await begin(api.stranger()));
    theirs.searchParams.set('state', begun.searchParams.get('state') ?? '');
    expect(await comeBack(victim, theirs)).toBe('/sign-in?provider=failed');
    expect(await isSignedIn(victim)).toBe(false);
  });

  it('takes no answer in the name of another provider', async () => {
    await start('sqlite');
    await connectOwner();
    const client = api.stranger();
    const to = await idp.visit(await begin(client));
    to.searchParams.set('iss', 'https://evil.example');
    expect(await comeBack(client, to)).toBe('/sign-in?provider=failed');
  });

  it('leads to no page but one of ours', async () => {
    await start('sqlite');
    await connectOwner();
    for (const returnPath of [
      'https://evil.example/a',
      '//evil.example/a',
      '/\\evil.example/a',
      '/%09/evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      '/sign-in?return=/a',
      `/a/${'x'.repeat(2000)}`,
      '',
    ]) {
      const led = await signIn(api.stranger(), returnPath);
      expect([returnPath, new URL(led, api.url).origin]).toEqual([returnPath, api.url]);
      expect([returnPath, led.length < 1100]).toEqual([returnPath, true]);
    }
  });

  it('comes back with the provider’s no, and keeps where one wanted to go', async () => {
    await start('sqlite');
    idp.person = null;
    const client = api.stranger();
    expect(await signIn(client, '/a/acme/keys')).toBe(
      '/sign-in?provider=denied&return=%2Fa%2Facme%2Fkeys',
    );
    expect(client.cookie).toBe('');
  });

  it('says that nobody here has the address, or that its domain is not let in', async () => {
    await start('sqlite', { LATCHKEY_OIDC_DOMAINS: 'acme.example' });
    idp.person = { sub: 'eve', email: 'eve@acme.example', email_verified: true };
    expect(await signIn(api.stranger())).toBe('/sign-in?provider=unknown');
    idp.person = { sub: 'eve', email: 'eve@acme.example.evil.example', email_verified: true };
    expect(await signIn(api.stranger())).toBe('/sign-in?provider=domain');
    await connectOwner();
    idp.person = { ...ana, email: 'ana@elsewhere.example' };
    expect(await signIn(api.stranger())).toBe('/sign-in?provider=domain');
  });

  it('starts without the provider, says that it cannot be reached, and asks it again', async () => {
    await start('sqlite');
    await idp.close();
    const client = api.stranger();
    const begun = await client.post('/trpc/openIdConnect.begin', { returnPath: '/' });
    expect([begun.status, begun.body]).toEqual([200, { result: { data: { url: null } } }]);
    expect(client.cookie).toBe('');
    await idp.reopen();
    await connectOwner();

    const to = await idp.visit(await begin(client));
    await idp.close();
    expect(await comeBack(client, to)).toBe('/sign-in?provider=unavailable');
    expect(api.log()).toContain('"msg":"the identity provider"');
  });

  it('is looked at by the doctor, who says what the provider must know', async () => {
    await start('sqlite');
    const environment = { ...idp.variables, PUBLIC_URL: api.url, DATABASE_URL: api.database.url };
    const what = 'LATCHKEY_OIDC_ISSUER';
    expect(await diagnose(environment, false)).toContainEqual({
      state: 'good',
      what,
      said: `${idp.issuer} answers; it must know ${api.url}${callback}`,
    });
    const elsewhere = { ...environment, LATCHKEY_OIDC_ISSUER: `${idp.issuer}/elsewhere` };
    expect(await diagnose(elsewhere, false)).toContainEqual(
      expect.objectContaining({ state: 'wrong', what }),
    );
  });

  it('reads what the provider says in the ID token itself, too', async () => {
    api = await startApi('sqlite', idp.variables);
    idp.open(`${api.url}${callback}`, { conformIdTokenClaims: false });
    await connectOwner();
    expect(await signIn(api.stranger())).toBe('/');
  });

  it('makes an address wait from which too many answers were no good', async () => {
    await start('sqlite');
    await connectOwner();
    const client = api.stranger();
    const forged = async () => {
      const url = new URL(await begin(client));
      const { state = '' } = Object.fromEntries(url.searchParams);
      return comeBack(
        client,
        new URL(`${api.url}${callback}?code=guess&state=${state}&iss=${idp.issuer}`),
      );
    };
    for (let tried = 0; tried < 50; tried += 1) {
      expect(await forged()).toBe('/sign-in?provider=failed');
    }
    expect(await forged()).toBe('/sign-in?provider=limited');
    expect(await signIn(client)).toBe('/sign-in?provider=limited');
  });

  it('says nothing of codes, tokens or identities in log or metrics', async () => {
    await start('sqlite');
    await connectOwner();
    const client = api.stranger();
    const to = await idp.visit(await begin(client));
    const { cookie } = client;
    await comeBack(client, to);
    await api.stranger().get(to.pathname + to.search, { cookie });
    const { text } = await api.stranger().get('/metrics');
    const code = to.searchParams.get('code') ?? '';
    expect(code.length).toBeGreaterThan(40);
    expect(api.log()).toContain(`"route":"${callback}"`);
    for (const secret of [
      code,
      to.searchParams.get('state') ?? '',
      cookie,
      ana.sub,
      idp.clientSecret,
    ]) {
      expect(api.log() + text).not.toContain(secret);
    }
  });
});
