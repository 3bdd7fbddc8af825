import { afterEach, describe, expect, it } from 'vitest';
import { resetLink } from '../../src/command-line/reset-link.ts';
import { readConfig } from '../../src/config.ts';
import { engines, type Engine } from '../databases.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { startMailServer, type MailServer, type ReceivedMail } from './mail-server.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { addPasskey, SoftwareAuthenticator } from './software-authenticator.ts';
import { secretOf, type IssuedInvitation } from './things.ts';

const resets = '/v1/password-resets';
const newPassword = 'an entirely different password';
const secret = Buffer.alloc(32, 7).toString('base64');

let api: RunningApi;
let server: MailServer;

afterEach(async () => {
  await api.stop();
  await server.stop();
});

async function start(
  engine: Engine,
  variables: Record<string, string> = {},
  options: Parameters<typeof startMailServer>[0] = {},
): Promise<void> {
  server = await startMailServer(options);
  const more = { SMTP_URL: server.url, LATCHKEY_SECRET: secret, ...variables };
  api = await startApi(engine, more);
}

const ask = (email: string = owner.email, language?: string) =>
  api.stranger().post(resets, { email, ...(language !== undefined && { language }) });

/** The next mail that comes. */
async function receive(): Promise<ReceivedMail> {
  await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const [mail] = server.mails.splice(0, 1);
  if (!mail) throw new Error('A mail is there.');
  return mail;
}

/** Forgets the owner's password. @returns the path of the link that they are sent. */
async function forget(): Promise<string> {
  await ask().expect(204);
  const { text } = await receive();
  const link = /http:\/\/\S+\/password-resets\/\w+/.exec(text)?.[0] ?? '';
  expect(link.startsWith(`${api.url}/password-resets/`)).toBe(true);
  return `${resets}/${secretOf(link)}`;
}

const choose = (path: string, password = newPassword) =>
  api.stranger().post(`${path}/password`, { password });

/** The status of an attempt to sign in as the owner. */
const trySignIn = async (proof: { password: string; code?: string }) =>
  (await api.stranger().post('/v1/session', { email: owner.email, ...proof })).status;

describe.each(engines)('who forgot their password, on %s', (engine) => {
  it('chooses a new one by a link, once; every session ends, and each of their accounts is told', async () => {
    await start(engine);
    const admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const path = await forget();
    expect(await api.stranger().get(path).expect(200)).toEqual({
      email: owner.email,
      expiresAt: expect.stringMatching(/Z$/) as string,
    });
    await admin.get('/v1/session').expect(200);
    const chosen = await choose(path);
    expect([chosen.status, chosen.headers.getSetCookie()]).toEqual([204, []]);
    const told = await receive();
    expect(told.to).toEqual([owner.email]);
    expect(told.text).toContain('A new password for Latchkey was chosen by a link');
    expect(told.text).not.toContain('/password-resets/');
    await admin.get('/v1/session').refused(401, 'UNAUTHENTICATED');
    await api.stranger().get(path).refused(410, 'RESET_GONE');
    await choose(path, 'yet another password').refused(410, 'RESET_GONE');
    const { email, password } = owner;
    await api.stranger().post('/v1/session', { email, password }).refused(401, 'UNAUTHENTICATED');
    const again = await api.signIn(email, newPassword);
    for (const account of ['acme', 'partner']) {
      const events = `/v1/accounts/${account}/audit-events?action=sign-in.password-reset`;
      const { items } = await again.get(events).expect<{ items: object[] }>(200);
      expect(items).toHaveLength(1);
      expect(items).toMatchObject([
        { actor: { kind: 'member', name: email }, subject: email, details: {}, from: '127.0.0.1' },
      ]);
    }
    expect(api.log()).toContain('/v1/password-resets/:reset');
    expect(api.log()).not.toContain(secretOf(path));
  });

  it('is the only one who is sent anything, and whoever asks is told the same', async () => {
    await start(engine);
    const nobody = await ask('nobody@acme.example');
    const somebody = await ask(owner.email.toUpperCase());
    expect([nobody.status, nobody.text]).toEqual([204, '']);
    expect([somebody.status, somebody.text]).toEqual([204, '']);
    // It ends when no mail is under way.
    await api.restart({});
    expect(server.mails.map(({ to }) => to)).toEqual([[owner.email]]);
  });

  it('is answered before the mail is on its way', async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start(engine, {}, { until });
    await ask().expect(204);
    expect(server.mails).toEqual([]);
    release();
    expect((await receive()).to).toEqual([owner.email]);
  });

  it('uses a link up by nothing but a password that can be kept, and within an hour', async () => {
    await start(engine);
    const path = await forget();
    for (const _ of [1, 2, 3]) await api.stranger().get(path).expect(200);
    await choose(path, 'short').refused(400, 'VALIDATION_FAILED');
    api.clock.advance(59 * 60_000);
    await api.stranger().get(path).expect(200);
    api.clock.advance(60_000);
    await api.stranger().get(path).refused(410, 'RESET_GONE');
    await choose(path).refused(410, 'RESET_GONE');
    expect(await trySignIn({ password: owner.password })).toBe(200);
  });

  it('has one link at most: not after a newer one, nor after a change of the password', async () => {
    await start(engine);
    const older = await forget();
    const newer = await forget();
    await choose(older).refused(410, 'RESET_GONE');
    const admin = await api.signIn(owner.email, owner.password);
    await api.stranger().get(newer).expect(200);
    const body = { currentPassword: owner.password, newPassword };
    await admin.put('/v1/profile/password', body).expect(204);
    await choose(newer, 'yet another password').refused(410, 'RESET_GONE');
    expect(await trySignIn({ password: newPassword })).toBe(200);
  });

  it('chooses exactly once of 20 at the same time on two nodes', async () => {
    await start(engine);
    const path = await forget();
    const node = await api.addNode();
    const tries = Array.from({ length: 20 }, async (_, place) => {
      const base = place % 2 === 0 ? api.url : node.url;
      const answer = await fetch(`${base}${path}/password`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ password: `the password of try ${String(place)}` }),
      });
      return answer.status;
    });
    const statuses = await Promise.all(tries);
    await node.stop();
    expect(statuses.filter((status) => status !== 410)).toEqual([204]);
    await api.signIn(owner.email, `the password of try ${String(statuses.indexOf(204))}`);
  });

  it('is still asked for the second factor', async () => {
    await start(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const { app } = await turnSecondFactorOn(api, admin);
    expect((await receive()).text).toContain('An authenticator app for Latchkey was added');
    await choose(await forget()).expect(204);
    const proof = { email: owner.email, password: newPassword };
    await api.stranger().post('/v1/session', proof).refused(401, 'SECOND_FACTOR_REQUIRED');
    expect(await trySignIn({ password: newPassword, code: app.nextCode() })).toBe(200);
  });

  // Each try at a password takes a while, on purpose.
  it('does not wait for what they guessed before', { timeout: 180_000 }, async () => {
    await start(engine);
    const guess = { email: owner.email, password: 'a guess of mine' };
    for (let tries = 0; tries < 10; tries += 1) {
      await api.stranger().post('/v1/session', guess).refused(401, 'UNAUTHENTICATED');
    }
    await api.stranger().post('/v1/session', guess).refused(429, 'RATE_LIMITED');
    await choose(await forget()).expect(204);
    expect(await trySignIn({ password: newPassword })).toBe(200);
  });

  it('is mailed in the language that they asked in', async () => {
    await start(engine);
    const subjects = {
      en: 'Choose a new password for Latchkey',
      pt: 'Escolha uma nova senha para o Latchkey',
      es: 'Elija una contraseña nueva para Latchkey',
    };
    for (const [language, subject] of Object.entries(subjects)) {
      await ask(owner.email, language).expect(204);
      const { text } = await receive();
      expect(text).toContain(`Subject: ${subject}`);
      expect(text).toMatch(/\/password-resets\/\w{43}\r\n/);
    }
    await ask(owner.email, 'de').refused(400, 'VALIDATION_FAILED');
  });

  it('may ask so often, from wherever, and so may who is not registered', async () => {
    await start(engine);
    const askFrom = (address: string, email: string) =>
      api.stranger().post(resets, { email }, { 'X-Forwarded-For': address });
    for (const email of [owner.email, 'nobody@acme.example']) {
      for (let place = 1; place <= 5; place += 1) {
        await askFrom(`192.0.2.${String(place)}`, email).expect(204);
      }
      const limited = await askFrom('192.0.2.6', email);
      expect(limited.status).toBe(429);
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    for (let place = 1; place <= 30; place += 1) {
      await askFrom('198.51.100.1', `guess-${String(place)}@acme.example`).expect(204);
    }
    await askFrom('198.51.100.1', 'bia@acme.example').refused(429, 'RATE_LIMITED');
    await askFrom('198.51.100.2', 'bia@acme.example').expect(204);
  });

  it('asks the operator where no mail is set up, who prints a link', async () => {
    server = await startMailServer();
    api = await startApi(engine, { LATCHKEY_SECRET: secret });
    await ask().refused(404, 'NOT_FOUND');
    expect(await api.stranger().get('/v1/instance').expect(200)).toMatchObject({ mails: false });
    const config = readConfig({
      DATABASE_URL: api.database.url,
      LATCHKEY_SECRET: secret,
      PUBLIC_URL: api.url,
    });
    const printed = await resetLink(config, owner.email);
    const link = /http:\S+$/.exec(printed)?.[0] ?? '';
    expect(link.startsWith(`${api.url}/password-resets/`)).toBe(true);
    await choose(`${resets}/${secretOf(link)}`).expect(204);
    await api.signIn(owner.email, newPassword);
  });

  it('is told how they sign in when they have no password, and gets one by the operator alone', async () => {
    const idp = await startIdentityProvider();
    await start(engine, idp.variables);
    idp.open(`${api.url}/sign-in/openid-connect`);
    const admin = await api.signIn(owner.email, owner.password);
    const bia = { sub: 'bia', email: 'bia@acme.example', email_verified: true, name: 'Bia' };
    await admin
      .post('/v1/accounts/acme/members', { email: bia.email, roleIds: [] })
      .expect<IssuedInvitation>(201);
    const invitation = /\/invitations\/(\w+)/.exec((await receive()).text)?.[1] ?? '';
    idp.person = bia;
    const client = api.stranger();
    const { result } = await client
      .post('/trpc/openIdConnect.begin', { returnPath: '/', invitation })
      .expect<{ result: { data: { url: string } } }>(200);
    const back = await idp.visit(result.data.url);
    await client.get(back.pathname + back.search);
    await client.get('/v1/profile').expect(200);

    const { name } = readConfig({ LATCHKEY_SECRET: secret, ...idp.variables }).identityProvider ?? {
      name: '',
    };
    await ask(bia.email).expect(204);
    const told = await receive();
    expect(told.to).toEqual([bia.email]);
    expect(told.text).toContain(`You sign in with ${name}:`);
    expect(told.text).toContain(`${api.url}/sign-in`);
    expect(told.text).not.toContain('/password-resets/');
    await addPasskey(client, new SoftwareAuthenticator(api.url), {});
    expect((await receive()).text).toContain('A passkey for Latchkey was added');
    await ask(bia.email, 'pt').expect(204);
    expect((await receive()).text).toContain(
      `Você entra com ${name} ou com a sua chave de acesso:`,
    );

    const config = readConfig({
      DATABASE_URL: api.database.url,
      LATCHKEY_SECRET: secret,
      PUBLIC_URL: api.url,
    });
    const link = /http:\S+$/.exec(await resetLink(config, bia.email))?.[0] ?? '';
    await choose(`${resets}/${secretOf(link)}`).expect(204);
    await client.get('/v1/session').refused(401, 'UNAUTHENTICATED');
    const proof = { email: bia.email, password: newPassword };
    await api.stranger().post('/v1/session', proof).refused(401, 'SECOND_FACTOR_REQUIRED');
    await idp.close();
  });
});
