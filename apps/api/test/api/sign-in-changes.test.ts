import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { addPasskey, SoftwareAuthenticator } from './software-authenticator.ts';
import { inviteAndJoin } from './things.ts';

const newPassword = 'an entirely different password';
const rui = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };

describe.each(engines)('a change of what a person signs in with, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  let member: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    ({ client: member } = await inviteAndJoin(admin, 'acme', rui, []));
  });
  afterAll(() => api.stop());

  /** What an account's log tells of sign-ins, the oldest first. */
  async function told(account: string): Promise<{ action: string }[]> {
    const path = `/v1/accounts/${account}/audit-events?limit=100`;
    const { items } = await admin.get(path).expect<{ items: { action: string }[] }>(200);
    return items.filter(({ action }) => action.startsWith('sign-in.')).toReversed();
  }

  it('is told in each account of the person, and in no other', async () => {
    const { password } = rui;
    const { passkey } = await addPasskey(member, new SoftwareAuthenticator(api.url), { password });
    await turnSecondFactorOn(api, member, password);
    const factor = '/v1/profile/second-factor';
    await member.post(`${factor}/recovery-codes`, { password }).expect(201);
    await member.post(`${factor}/turn-off`, { password }).expect(204);
    await member.post(`/v1/profile/passkeys/${passkey.id}/remove`, { password }).expect(204);
    const body = { currentPassword: password, newPassword };
    await member.put('/v1/profile/password', body).expect(204);
    const common = {
      actor: { kind: 'member', name: rui.email },
      subject: rui.email,
      details: {},
      from: '127.0.0.1',
    };
    expect(await told('acme')).toMatchObject([
      { ...common, action: 'sign-in.passkey-added' },
      { ...common, action: 'sign-in.app-added' },
      { ...common, action: 'sign-in.codes-replaced' },
      { ...common, action: 'sign-in.app-removed' },
      { ...common, action: 'sign-in.passkey-removed' },
      { ...common, action: 'sign-in.password-changed' },
    ]);
    expect(await told('partner')).toEqual([]);

    const mine = { currentPassword: owner.password, newPassword };
    await admin.put('/v1/profile/password', mine).expect(204);
    const changed = {
      action: 'sign-in.password-changed',
      actor: { kind: 'member', name: owner.email },
    };
    expect(await told('partner')).toMatchObject([changed]);
    expect((await told('acme')).at(-1)).toMatchObject(changed);
  });

  it('is not told when nothing was changed', async () => {
    const before = await told('partner');
    const body = { currentPassword: 'a guess', newPassword };
    await admin.put('/v1/profile/password', body).refused(403, 'WRONG_PASSWORD');
    const enrolment = '/v1/profile/passkeys/enrolment';
    await admin.post(enrolment, { password: newPassword }).expect(200);
    await expect.poll(async () => (await told('partner')).at(-1)?.action).toBe('sign-in.failed');
    expect(await told('partner')).toHaveLength(before.length + 1);
  });
});

describe.each(engines)('a person whose sign-in is changed, on %s', (engine) => {
  let api: RunningApi;
  let server: MailServer;
  const start = async (options: Parameters<typeof startMailServer>[0] = {}) => {
    server = await startMailServer(options);
    api = await startApi(engine, { SMTP_URL: server.url });
    return api.signIn(owner.email, owner.password);
  };
  afterEach(async () => {
    await api.stop();
    await server.stop();
  });

  /** What the next mail says. */
  async function receive(): Promise<string> {
    await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(1);
    const [mail] = server.mails.splice(0);
    expect(mail?.to).toEqual([owner.email]);
    return mail?.text ?? '';
  }

  it('is mailed of each change: when, from where, and what to do if it was somebody else', async () => {
    const admin = await start();
    const { password } = owner;
    const factor = '/v1/profile/second-factor';
    const { passkey } = await addPasskey(admin, new SoftwareAuthenticator(api.url), { password });
    const text = await receive();
    expect(text).toContain('Subject: A passkey for Latchkey was added\r\n');
    expect(text).toMatch(/On \d+ \w+ \d{4} at \d\d:\d\d UTC, from the address 127\.0\.0\.1\./);
    expect(text).toContain(`${api.url}/forgotten-password\r\n`);
    expect(text).toContain(`${api.url}/profile\r\n`);

    await turnSecondFactorOn(api, admin, password);
    expect(await receive()).toContain('An authenticator app for Latchkey was added');
    const { recoveryCodes } = await admin
      .post(`${factor}/recovery-codes`, { password })
      .expect<{ recoveryCodes: string[] }>(201);
    const replaced = await receive();
    expect(replaced).toContain('Your recovery codes for Latchkey were replaced');
    for (const code of recoveryCodes) expect(replaced).not.toContain(code);
    await admin.post(`${factor}/turn-off`, { password }).expect(204);
    expect(await receive()).toContain('Your authenticator app for Latchkey was removed');
    await admin.post(`/v1/profile/passkeys/${passkey.id}/remove`, { password }).expect(204);
    expect(await receive()).toContain('A passkey for Latchkey was removed');
    await admin.put('/v1/profile/password', { currentPassword: password, newPassword }).expect(204);
    const changed = await receive();
    expect(changed).toContain('Your password for Latchkey was changed');
    expect(changed).not.toContain(newPassword);
  });

  it('is mailed in the language that they chose, in whichever account, and whatever else they are not mailed', async () => {
    const admin = await start();
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    await admin
      .put('/v1/accounts/partner/mail-preference', { digest: false, events: false, language: 'pt' })
      .expect(200);
    const body = { currentPassword: owner.password, newPassword };
    await admin.put('/v1/profile/password', body).expect(204);
    expect(await receive()).toContain('Subject: A sua senha do Latchkey foi alterada');
  });

  it('is mailed nothing when nothing was changed', async () => {
    const admin = await start();
    const guess = { currentPassword: 'a guess', newPassword };
    await admin.put('/v1/profile/password', guess).refused(403, 'WRONG_PASSWORD');
    // It ends when no mail is under way.
    await api.restart({});
    expect(server.mails).toEqual([]);
  });

  it('changes it all the same where the mail server takes nothing', async () => {
    const admin = await start({ refuses: true });
    const body = { currentPassword: owner.password, newPassword };
    await admin.put('/v1/profile/password', body).expect(204);
    await expect.poll(() => api.log(), { timeout: 20_000 }).toContain('a mail was not sent');
    await api.signIn(owner.email, newPassword);
  });
});
