import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { AuthenticatorApp, turnSecondFactorOn } from './authenticator-app.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { inviteAndJoin, secretOf, type IssuedInvitation } from './things.ts';

let api: RunningApi;
afterEach(() => api.stop());

const session = '/v1/session';
const secondFactor = '/v1/profile/second-factor';
const byPassword = { email: owner.email, password: owner.password };
const signIn = (more: Record<string, unknown> = {}) =>
  api.stranger().post(session, { ...byPassword, ...more });

describe.each(engines)('a second factor, on %s', (engine) => {
  it('is turned on by a first code, and asked for from then on', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const elsewhere = await api.signIn(owner.email, owner.password);
    await client.post(`${secondFactor}/enrolment`, {}).refused(403, 'WRONG_PASSWORD');
    const begun = await client
      .post(`${secondFactor}/enrolment`, { password: owner.password })
      .expect<{ uri: string; key: string; enrolment: string }>(200);
    const uri = new URL(begun.uri);
    expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
      'otpauth:',
      begun.key,
      'Latchkey',
    ]);
    expect(begun.key).toMatch(/^[A-Z2-7]{32}$/);
    await signIn().expect(200);

    const app = new AuthenticatorApp(api, begun.key);
    const { enrolment } = begun;
    await client
      .post(secondFactor, { enrolment, code: app.wrongCode() })
      .refused(403, 'WRONG_CODE');
    const { cookie } = client;
    const { recoveryCodes } = await client
      .post(secondFactor, { enrolment, code: app.code() })
      .expect<{ recoveryCodes: string[] }>(201);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(
      recoveryCodes.every((code) => /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/.test(code)),
    ).toBe(true);
    expect(client.cookie).not.toBe(cookie);
    await elsewhere.get(session).expect(401);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      secondFactor: { recoveryCodesLeft: 10 },
    });

    await signIn().refused(401, 'SECOND_FACTOR_REQUIRED');
    await signIn({ code: app.wrongCode() }).refused(401, 'SECOND_FACTOR_REQUIRED');
    await signIn({ code: app.nextCode() }).expect(200);
    const wrong = { ...byPassword, password: 'wrong', code: app.nextCode() };
    await api.stranger().post(session, wrong).refused(401, 'UNAUTHENTICATED');
  });

  it('takes each code once, also from two at the same moment', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const { app, code: first } = await turnSecondFactorOn(api, client);
    // The code that turned it on is used up with that.
    await signIn({ code: first }).refused(401, 'SECOND_FACTOR_REQUIRED');
    const code = app.nextCode();
    const answers = await Promise.all(Array.from({ length: 5 }, async () => signIn({ code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it('takes each recovery code once, however it is typed', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const { recoveryCodes } = await turnSecondFactorOn(api, client);
    const [first = '', second = ''] = recoveryCodes;
    await signIn({ code: ` ${first.toLowerCase().replace('-', ' ')} ` }).expect(200);
    await signIn({ code: first }).refused(401, 'SECOND_FACTOR_REQUIRED');
    await signIn({ code: second }).expect(200);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      secondFactor: { recoveryCodesLeft: 8 },
    });
    const renewed = await client
      .post(`${secondFactor}/recovery-codes`, { password: owner.password })
      .expect<{ recoveryCodes: string[] }>(201);
    await signIn({ code: recoveryCodes[2] }).refused(401, 'SECOND_FACTOR_REQUIRED');
    await signIn({ code: renewed.recoveryCodes[2] }).expect(200);
  });

  it('makes whoever guesses codes wait, and does not count asking for the code as a guess', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const { app } = await turnSecondFactorOn(api, client);
    const wrong = app.wrongCode();
    for (let asked = 0; asked < 12; asked += 1) {
      await signIn().refused(401, 'SECOND_FACTOR_REQUIRED');
    }
    for (let tried = 0; tried < 10; tried += 1) {
      await signIn({ code: wrong }).refused(401, 'SECOND_FACTOR_REQUIRED');
      // Half of the proof forgives nothing.
      if (tried < 9) await signIn().refused(401, 'SECOND_FACTOR_REQUIRED');
    }
    const limited = await signIn({ code: app.nextCode() });
    expect(limited.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    await client.post(`${secondFactor}/turn-off`, { code: wrong }).refused(429, 'RATE_LIMITED');
  });

  it('is turned off by the password or a code, and by nothing less', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    await client
      .post(`${secondFactor}/turn-off`, { password: owner.password })
      .refused(404, 'NOT_FOUND');
    const { app } = await turnSecondFactorOn(api, client);
    await client
      .post(`${secondFactor}/enrolment`, { password: owner.password })
      .refused(409, 'SECOND_FACTOR_ON');
    await client.post(`${secondFactor}/turn-off`, {}).refused(403, 'WRONG_PASSWORD');
    await client
      .post(`${secondFactor}/turn-off`, { code: app.wrongCode() })
      .refused(403, 'WRONG_CODE');
    await client.post(`${secondFactor}/turn-off`, { code: app.nextCode() }).expect(204);
    await signIn().expect(200);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({ secondFactor: null });
    await turnSecondFactorOn(api, client);
    await client.post(`${secondFactor}/turn-off`, { password: owner.password }).expect(204);
    await signIn().expect(200);
  });

  it('is of nobody but whoever began it, and not for longer than ten minutes', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const password = 'a long enough password';
    const bia = { email: 'bia@acme.example', name: 'Bia', password };
    const { client } = await inviteAndJoin(admin, 'acme', bia, []);
    const { enrolment, key } = await admin
      .post(`${secondFactor}/enrolment`, { password: owner.password })
      .expect<{ key: string; enrolment: string }>(200);
    const app = new AuthenticatorApp(api, key);
    const confirm = () => ({ enrolment, code: app.code() });
    await client.post(secondFactor, confirm()).refused(400, 'VALIDATION_FAILED');
    await admin
      .post(secondFactor, { ...confirm(), enrolment: 'made-up' })
      .refused(400, 'VALIDATION_FAILED');
    api.clock.advance(10 * 60 * 1000);
    const late = await admin.post(secondFactor, confirm()).refused(400, 'VALIDATION_FAILED');
    expect(late).toMatchObject({ fields: [{ path: 'enrolment' }] });
  });

  it('is asked for where an invitation is accepted by who is registered', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const bia = { email: 'bia@acme.example', name: 'Bia', password: 'a long enough password' };
    const { client } = await inviteAndJoin(admin, 'acme', bia, []);
    const { app } = await turnSecondFactorOn(api, client, bia.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const invited = await admin
      .post('/v1/accounts/partner/members', { email: bia.email, roleIds: [] })
      .expect<IssuedInvitation>(201);
    const path = `/v1/invitations/${secretOf(invited.invitation?.url ?? '')}/accept`;
    const { password } = bia;
    await api.stranger().post(path, { password }).refused(401, 'SECOND_FACTOR_REQUIRED');
    const joined = await api.stranger().post(path, { password, code: app.nextCode() });
    expect([joined.status, joined.body]).toMatchObject([200, { slug: 'partner' }]);
  });

  it('outlives a rotation of the server’s secret, and so do recovery codes', async () => {
    const [first = '', second = ''] = [1, 2].map((fill) =>
      Buffer.alloc(32, fill).toString('base64'),
    );
    api = await startApi(engine, { LATCHKEY_SECRET: first });
    const client = await api.signIn(owner.email, owner.password);
    const { app, recoveryCodes } = await turnSecondFactorOn(api, client);
    await api.restart({ LATCHKEY_SECRET: `${second},${first}` });
    expect((await signIn({ code: app.nextCode() })).status).toBe(200);
    expect((await signIn({ code: recoveryCodes[0] })).status).toBe(200);
  });
});
