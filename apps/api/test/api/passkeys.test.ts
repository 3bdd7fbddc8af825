import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  addPasskey,
  askForProof,
  proveByPasskey,
  SoftwareAuthenticator,
  type Begun,
  type CreationOptions,
  type Deviations,
  type Passkey,
} from './software-authenticator.ts';
import { inviteAndJoin, secretOf, type IssuedInvitation } from './things.ts';

let api: RunningApi;
afterEach(() => api.stop());

const session = '/v1/session';
const passkeys = '/v1/profile/passkeys';
const { email, password } = owner;
const biasPassword = 'a long enough password';
const bia = { email: 'bia@acme.example', name: 'Bia', password: biasPassword };

const begin = (client: RestClient, proof: object = { password }) =>
  client.post(`${passkeys}/enrolment`, proof).expect<Begun<CreationOptions>>(200);
const listOf = async (client: RestClient) =>
  (await client.get(passkeys).expect<{ items: Passkey[] }>(200)).items;
const signInAlone = (client: RestClient, proof: object) => client.post(`${session}/passkey`, proof);

/** An owner with a passkey, signed in, and the authenticator that has it. */
async function ownerWithPasskey() {
  const client = await api.signIn(email, password);
  const authenticator = new SoftwareAuthenticator(api.url);
  const { passkey, recoveryCodes } = await addPasskey(client, authenticator);
  return { client, authenticator, passkey, recoveryCodes };
}

describe.each(engines)('passkeys, on %s', (engine) => {
  it('are made for this site, in the browser that asked, after the password', async () => {
    api = await startApi(engine);
    const client = await api.signIn(email, password);
    const elsewhere = await api.signIn(email, password);
    await client.post(`${passkeys}/enrolment`, {}).refused(403, 'WRONG_PASSWORD');
    const begun = await begin(client);
    expect(begun.options).toMatchObject({
      rp: { id: '127.0.0.1' },
      user: { name: email, displayName: owner.name },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    const { cookie } = client;
    const authenticator = new SoftwareAuthenticator(api.url);
    const { passkey, recoveryCodes } = await addPasskey(client, authenticator, {
      name: '  Chave de São Paulo ',
    });
    expect(passkey).toMatchObject({ name: 'Chave de São Paulo', lastUsedAt: null });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await listOf(client)).toEqual([passkey]);
    expect(client.cookie).not.toBe(cookie);
    await elsewhere.get(session).refused(401, 'UNAUTHENTICATED');
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      secondFactor: { appSince: null, passkeys: 1, recoveryCodesLeft: 10 },
    });
    // The second brings no new codes, and is not made on an authenticator that has one.
    const next = await begin(client);
    expect(next.options.excludeCredentials.map(({ id }) => id)).toEqual([
      authenticator.credentials[0]?.id,
    ]);
    const second = await addPasskey(client, new SoftwareAuthenticator(api.url), { name: 'Phone' });
    expect(second.recoveryCodes).toEqual([]);
    expect((await listOf(client)).map(({ name }) => name)).toEqual(['Chave de São Paulo', 'Phone']);
  });

  it('sign in alone, and say when they were last used', async () => {
    api = await startApi(engine);
    const { authenticator, client } = await ownerWithPasskey();
    const browser = api.stranger();
    const before = api.clock.now().getTime();
    const signedIn = await signInAlone(browser, await proveByPasskey(browser, authenticator));
    expect([signedIn.status, signedIn.body]).toMatchObject([200, { email, administrator: true }]);
    expect(await browser.get(session).expect(200)).toMatchObject({ email });
    const [used] = await listOf(client);
    expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('are asked for after the password, and say so', async () => {
    api = await startApi(engine);
    const { authenticator } = await ownerWithPasskey();
    const browser = api.stranger();
    const needed = await browser
      .post(session, { email, password })
      .refused(401, 'SECOND_FACTOR_REQUIRED');
    expect(needed['factors']).toEqual(['passkey', 'recovery-code']);
    const wrong = { email, password: 'wrong' };
    const proof = await proveByPasskey(browser, authenticator);
    await browser.post(session, { ...wrong, passkey: proof }).refused(401, 'UNAUTHENTICATED');
    // The password was wrong, so the challenge is not used up.
    await browser.post(session, { email, password, passkey: proof }).expect(200);
    await browser
      .post(session, { email, password, passkey: proof })
      .refused(401, 'SECOND_FACTOR_REQUIRED');
  });

  it('stand beside the app and the recovery codes: one of them is enough', async () => {
    api = await startApi(engine);
    const { authenticator, client, passkey, recoveryCodes } = await ownerWithPasskey();
    const { app, recoveryCodes: none } = await turnSecondFactorOn(api, client);
    expect(none).toEqual([]);
    const needed = await api
      .stranger()
      .post(session, { email, password })
      .refused(401, 'SECOND_FACTOR_REQUIRED');
    expect(needed['factors']).toEqual(['passkey', 'app', 'recovery-code']);
    const signIn = (more: object) => api.stranger().post(session, { email, password, ...more });
    await signIn({ code: app.nextCode() }).expect(200);
    await signIn({ code: recoveryCodes[0] }).expect(200);
    const browser = api.stranger();
    const proof = await proveByPasskey(browser, authenticator);
    await browser.post(session, { email, password, passkey: proof }).expect(200);

    await client.post('/v1/profile/second-factor/turn-off', { code: app.nextCode() }).expect(204);
    await signIn({ code: app.nextCode() }).refused(401, 'SECOND_FACTOR_REQUIRED');
    await signIn({ code: recoveryCodes[1] }).expect(200);
    // With the last factor the codes go, and the password is enough.
    await client.post(`${passkeys}/${passkey.id}/remove`, { code: recoveryCodes[2] }).expect(204);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({ secondFactor: null });
    await signIn({}).expect(200);
    const again = await addPasskey(client, new SoftwareAuthenticator(api.url));
    expect(again.recoveryCodes).toHaveLength(10);
    await signIn({ code: recoveryCodes[3] }).refused(401, 'SECOND_FACTOR_REQUIRED');
  });

  it('are renamed, and removed with a proof alone: the password, a code or a passkey', async () => {
    api = await startApi(engine);
    const { authenticator, client, passkey } = await ownerWithPasskey();
    const path = `${passkeys}/${passkey.id}`;
    await client.patch(path, { name: ' ' }).refused(400, 'VALIDATION_FAILED');
    await client.patch(path, { name: 'Work laptop' }).expect(204);
    expect(await listOf(client)).toMatchObject([{ id: passkey.id, name: 'Work laptop' }]);
    await client.patch(`${passkeys}/nothing`, { name: 'Other' }).refused(404, 'NOT_FOUND');
    await client.post(`${passkeys}/nothing/remove`, { password }).refused(404, 'NOT_FOUND');
    await client.post(`${path}/remove`, {}).refused(403, 'WRONG_PASSWORD');
    await client.post(`${path}/remove`, { code: '00000-00000' }).refused(403, 'WRONG_CODE');
    const unverified = await proveByPasskey(client, authenticator, { verified: false });
    await client.post(`${path}/remove`, { passkey: unverified }).refused(403, 'WRONG_PASSKEY');

    const elsewhere = api.stranger();
    await signInAlone(elsewhere, await proveByPasskey(elsewhere, authenticator)).expect(200);
    const { cookie } = client;
    const proof = await proveByPasskey(client, authenticator);
    await client.post(`${path}/remove`, { passkey: proof }).expect(204);
    expect(await listOf(client)).toEqual([]);
    expect(client.cookie).not.toBe(cookie);
    await elsewhere.get(session).refused(401, 'UNAUTHENTICATED');
    const stranger = api.stranger();
    await signInAlone(stranger, await proveByPasskey(stranger, authenticator)).refused(
      401,
      'UNAUTHENTICATED',
    );
  });

  it('are nobody else’s to see, rename, remove or sign in with', async () => {
    api = await startApi(engine);
    const { client, passkey } = await ownerWithPasskey();
    const other = (await inviteAndJoin(client, 'acme', bia, [])).client;
    const path = `${passkeys}/${passkey.id}`;
    expect(await listOf(other)).toEqual([]);
    await other.patch(path, { name: 'Mine' }).refused(404, 'NOT_FOUND');
    await other.post(`${path}/remove`, { password: biasPassword }).refused(404, 'NOT_FOUND');

    const biasOwn = new SoftwareAuthenticator(api.url);
    await addPasskey(other, biasOwn, { password: biasPassword });
    const browser = api.stranger();
    const biasProof = await proveByPasskey(browser, biasOwn);
    await browser
      .post(session, { email, password, passkey: biasProof })
      .refused(401, 'SECOND_FACTOR_REQUIRED');
    const forOwner = await proveByPasskey(client, biasOwn);
    await client.post(`${path}/remove`, { passkey: forOwner }).refused(403, 'WRONG_PASSKEY');
    // A credential of hers that says that it is the owner's.
    const { options } = await begin(client);
    const posing = await proveByPasskey(browser, biasOwn, { userHandle: options.user.id });
    await signInAlone(browser, posing).refused(401, 'UNAUTHENTICATED');
    const nobodys = await proveByPasskey(browser, biasOwn, { userHandle: null });
    await signInAlone(browser, nobodys).refused(401, 'UNAUTHENTICATED');
    const herOwn = await signInAlone(browser, await proveByPasskey(browser, biasOwn));
    expect(herOwn.body).toMatchObject({ email: bia.email });
  });

  it('answer each challenge once, also two at the same moment, and on every node', async () => {
    api = await startApi(engine);
    const { authenticator } = await ownerWithPasskey();
    const node = await api.addNode();
    const browser = api.stranger();
    const { options, ticket } = await askForProof(browser);
    const { cookie } = browser;
    // Each with a counter of its own, so that the challenge alone tells them from others.
    const answers = Array.from({ length: 6 }, () => ({
      ticket,
      credential: authenticator.get(options),
    }));
    const seen = await Promise.all(
      answers.map(async (answer, place) => {
        const url = place % 2 === 0 ? api.url : node.url;
        const sent = await fetch(`${url}${session}/passkey`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', cookie },
          body: JSON.stringify(answer),
        });
        return sent.status;
      }),
    );
    await node.stop();
    expect(seen.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set([200, 401]));
    const replayed = { ticket, credential: authenticator.get(options) };
    await signInAlone(browser, replayed).refused(401, 'UNAUTHENTICATED');
  });

  it('take a challenge for ten minutes, in the browser that it was given to, and for what it was given', async () => {
    api = await startApi(engine);
    const { authenticator, client } = await ownerWithPasskey();
    const [victim, attacker] = [api.stranger(), api.stranger()];
    const proof = await proveByPasskey(victim, authenticator);
    await signInAlone(attacker, proof).refused(401, 'UNAUTHENTICATED');
    await askForProof(attacker);
    await signInAlone(attacker, proof).refused(401, 'UNAUTHENTICATED');
    await signInAlone(victim, { ...proof, ticket: 'made-up' }).refused(401, 'UNAUTHENTICATED');
    await signInAlone(victim, proof).expect(200);

    const late = await proveByPasskey(victim, authenticator);
    api.clock.advance(10 * 60 * 1000);
    await signInAlone(victim, late).refused(401, 'UNAUTHENTICATED');

    const begun = await begin(client);
    const misused = authenticator.get({
      rpId: begun.options.rp.id,
      challenge: begun.options.challenge,
    });
    await signInAlone(client, { ticket: begun.ticket, credential: misused }).refused(
      401,
      'UNAUTHENTICATED',
    );
    // Two pages of one browser do not disturb each other.
    const first = await askForProof(victim);
    const second = await askForProof(victim);
    for (const { options, ticket } of [first, second]) {
      await signInAlone(victim, { ticket, credential: authenticator.get(options) }).expect(200);
    }
    expect(await victim.get(session).expect(200)).toMatchObject({ email });
  });

  it('take no proof of another origin or site, nor one that says less or other than was asked', async () => {
    api = await startApi(engine);
    const { authenticator } = await ownerWithPasskey();
    const browser = api.stranger();
    await signInAlone(browser, await proveByPasskey(browser, authenticator)).expect(200);
    const bad: Deviations[] = [
      { origin: 'https://latchkey.example.evil' },
      { origin: 'http://127.0.0.1:1' },
      { rpId: 'example.com' },
      { challenge: Buffer.alloc(32).toString('base64url') },
      { type: 'webauthn.create' },
      { verified: false },
      { present: false, verified: false },
      // The authenticator was copied: the counter stands still, or goes back.
      { counter: 1 },
      { counter: 0 },
    ];
    for (const deviations of bad) {
      const passkey = await proveByPasskey(browser, authenticator, deviations);
      const refused = await signInAlone(browser, passkey).refused(401, 'UNAUTHENTICATED');
      expect(JSON.stringify(refused)).not.toMatch(/origin|counter|verification/);
      await browser
        .post(session, { email, password, passkey })
        .refused(401, 'SECOND_FACTOR_REQUIRED');
    }
    await signInAlone(browser, await proveByPasskey(browser, authenticator)).expect(200);
  });

  it('take no proof whose signature or data was changed', async () => {
    api = await startApi(engine);
    const { authenticator } = await ownerWithPasskey();
    const browser = api.stranger();
    const { options, ticket } = await askForProof(browser);
    const credential = authenticator.get(options);
    const forger = new SoftwareAuthenticator(api.url);
    const { userHandle: id = '' } = authenticator.credentials[0] ?? {};
    forger.create({
      rp: { id: options.rpId },
      user: { id },
      challenge: '',
      excludeCredentials: [],
    });
    const forged = forger.get(options);
    for (const response of [
      { ...credential.response, signature: forged.response.signature },
      { ...credential.response, authenticatorData: forged.response.authenticatorData.slice(4) },
      { ...credential.response, clientDataJSON: 'bm8' },
      { ...credential.response, signature: 'AAAA' },
    ]) {
      const changed = { ticket, credential: { ...credential, response } };
      await signInAlone(browser, changed).refused(401, 'UNAUTHENTICATED');
    }
    const whole = await signInAlone(browser, { ticket, credential });
    expect(whole.status).toBe(200);
  });

  it('are not added with an answer from elsewhere, by another person, twice, or without verification', async () => {
    api = await startApi(engine);
    const client = await api.signIn(email, password);
    const other = (await inviteAndJoin(client, 'acme', bia, [])).client;
    const authenticator = new SoftwareAuthenticator(api.url);
    const { options, ticket } = await begin(client);
    const bad: Deviations[] = [
      { origin: 'https://latchkey.example.evil' },
      { rpId: 'example.com' },
      { challenge: Buffer.alloc(32).toString('base64url') },
      { type: 'webauthn.get' },
      { verified: false },
      { present: false },
    ];
    for (const deviations of bad) {
      const credential = authenticator.create(options, deviations);
      const refused = await client
        .post(passkeys, { ticket, name: 'Bad', credential })
        .refused(400, 'VALIDATION_FAILED');
      expect(refused['fields']).toMatchObject([{ path: 'credential' }]);
    }
    const credential = authenticator.create(options);
    const body = { ticket, name: 'Laptop', credential };
    const garbled = { ...credential.response, attestationObject: 'oWNmbXQ' };
    await client
      .post(passkeys, { ...body, credential: { ...credential, response: garbled } })
      .refused(400, 'VALIDATION_FAILED');
    const theirs = await other.post(passkeys, body).refused(400, 'VALIDATION_FAILED');
    expect(theirs['fields']).toMatchObject([{ path: 'ticket' }]);
    const elsewhere = await api.signIn(email, password);
    await askForProof(elsewhere);
    await elsewhere.post(passkeys, body).refused(400, 'VALIDATION_FAILED');
    await client.post(passkeys, body).expect(201);
    await client.post(passkeys, body).refused(409, 'PASSKEY_EXISTS');
    const fresh = authenticator.create(options);
    await client.post(passkeys, { ...body, credential: fresh }).refused(409, 'PASSKEY_EXISTS');
    const [one] = await listOf(client);
    await client.post(`${passkeys}/${one?.id ?? ''}/remove`, { password }).expect(204);
    await client.post(passkeys, body).refused(409, 'PASSKEY_EXISTS');

    const late = await begin(client);
    api.clock.advance(10 * 60 * 1000);
    await client
      .post(passkeys, {
        ticket: late.ticket,
        name: 'Late',
        credential: authenticator.create(late.options),
      })
      .refused(400, 'VALIDATION_FAILED');
    expect(await listOf(client)).toEqual([]);
  });

  it('are at most twenty', async () => {
    api = await startApi(engine);
    const client = await api.signIn(email, password);
    const { id: personId } = await client.get('/v1/profile').expect<{ id: string }>(200);
    const store = await api.database.open();
    for (let added = 0; added < 19; added += 1) {
      const passkey = {
        id: randomUUID(),
        personId,
        credentialId: randomUUID(),
        publicKey: new Uint8Array(77),
        counter: 0,
        transports: [],
        name: 'Key',
        createdAt: new Date(),
        lastUsedAt: null,
      };
      const challenge = { hash: randomUUID(), expiresAt: new Date() };
      expect(await store.passkeys.add(passkey, challenge, ['hash'])).toBeDefined();
    }
    await addPasskey(client, new SoftwareAuthenticator(api.url));
    await client.post(`${passkeys}/enrolment`, { password }).refused(409, 'TOO_MANY_PASSKEYS');
  });

  it('make whoever fails with one too often wait, and keep nobody else waiting', async () => {
    api = await startApi(engine);
    const { authenticator, client } = await ownerWithPasskey();
    const other = (await inviteAndJoin(client, 'acme', bia, [])).client;
    const biasOwn = new SoftwareAuthenticator(api.url);
    await addPasskey(other, biasOwn, { password: biasPassword });
    const browser = api.stranger();
    for (let tried = 0; tried < 10; tried += 1) {
      const bad = await proveByPasskey(browser, authenticator, { verified: false });
      await signInAlone(browser, bad).refused(401, 'UNAUTHENTICATED');
    }
    const good = await proveByPasskey(browser, authenticator);
    const limited = await signInAlone(browser, good);
    expect(limited.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    await signInAlone(browser, await proveByPasskey(browser, biasOwn)).expect(200);
    for (let tried = 0; tried < 10; tried += 1) {
      const bad = await proveByPasskey(other, biasOwn, { verified: false });
      const asked = other.post(`${passkeys}/enrolment`, { passkey: bad });
      await asked.refused(403, 'WRONG_PASSKEY');
    }
    await other
      .post(`${passkeys}/enrolment`, { password: biasPassword })
      .refused(429, 'RATE_LIMITED');
  });

  it('are taken where an invitation is accepted by who is registered', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(email, password);
    const { client } = await inviteAndJoin(admin, 'acme', bia, []);
    const authenticator = new SoftwareAuthenticator(api.url);
    await addPasskey(client, authenticator, { password: biasPassword });
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const invited = await admin
      .post('/v1/accounts/partner/members', { email: bia.email, roleIds: [] })
      .expect<IssuedInvitation>(201);
    const path = `/v1/invitations/${secretOf(invited.invitation?.url ?? '')}/accept`;
    const browser = api.stranger();
    const needed = await browser
      .post(path, { password: biasPassword })
      .refused(401, 'SECOND_FACTOR_REQUIRED');
    expect(needed['factors']).toEqual(['passkey', 'recovery-code']);
    const passkey = await proveByPasskey(browser, authenticator);
    const joined = await browser.post(path, { password: biasPassword, passkey });
    expect([joined.status, joined.body]).toMatchObject([200, { slug: 'partner' }]);
  });

  it('outlive a rotation of the server’s secret, and so do challenges', async () => {
    const [first = '', second = ''] = [1, 2].map((fill) =>
      Buffer.alloc(32, fill).toString('base64'),
    );
    api = await startApi(engine, { LATCHKEY_SECRET: first });
    const { authenticator } = await ownerWithPasskey();
    const browser = api.stranger();
    const proof = await proveByPasskey(browser, authenticator);
    await api.restart({ LATCHKEY_SECRET: `${second},${first}` });
    await signInAlone(browser, proof).expect(200);
    const fresh = await signInAlone(browser, await proveByPasskey(browser, authenticator));
    expect(fresh.status).toBe(200);
  });

  it('are bound to the public URL, and the cookie that tells browsers apart to https where that is it', async () => {
    const publicUrl = 'https://keys.example.com';
    api = await startApi(engine, { PUBLIC_URL: publicUrl });
    const browser = api.stranger();
    const asked = await browser.post(`${session}/passkey-challenge`);
    expect(asked.body).toMatchObject({ options: { rpId: 'keys.example.com' } });
    expect(asked.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-latchkey\.browser=[\w-]{22}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ]);
    const client = await api.signIn(email, password);
    const there = new SoftwareAuthenticator(publicUrl);
    await addPasskey(client, there);
    const proof = await proveByPasskey(browser, there);
    await signInAlone(browser, proof).expect(200);
    const here = await proveByPasskey(browser, there, { origin: api.url });
    await signInAlone(browser, here).refused(401, 'UNAUTHENTICATED');
  });
});
