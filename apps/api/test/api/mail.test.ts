import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentials, startMailServer } from './mail-server.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  createRole,
  generateAndRedeem,
  secretOf,
  type IssuedInvitation,
  type IssuedKey,
} from './things.ts';

const members = '/v1/accounts/acme/members';
const invite = (admin: RestClient) =>
  admin.post(members, { email: 'bia@acme.example', roleIds: [] }).expect<IssuedInvitation>(201);

describe('an invitation by mail', () => {
  let api: RunningApi;
  let stopMail: () => Promise<void> = async () => Promise.resolve();
  afterEach(async () => {
    await api.stop();
    await stopMail();
  });
  const start = async (smtpUrl: string) => {
    api = await startApi('sqlite', { SMTP_URL: smtpUrl });
    return api.signIn(owner.email, owner.password);
  };

  it('goes to the invited alone, and its link lets them join', async () => {
    const { mails, port, stop } = await startMailServer();
    stopMail = stop;
    const { user, pass } = credentials;
    const admin = await start(`smtp://${user}:${pass}@127.0.0.1:${String(port)}`);
    const { invitation, member } = await invite(admin);
    expect([invitation, member.status]).toEqual([null, 'invited']);
    expect(mails).toMatchObject([{ from: 'latchkey@127.0.0.1', to: ['bia@acme.example'] }]);
    const [{ text } = { text: '' }] = mails;
    expect(text).toContain('Subject: You are invited to Acme');
    const link = /http:\/\/\S+\/invitations\/\w+/.exec(text)?.[0] ?? '';
    expect(link.startsWith(`${api.url}/invitations/`)).toBe(true);
    const password = 'a long enough password';
    const path = `/v1/invitations/${secretOf(link)}/accept`;
    await api.stranger().post(path, { name: 'Bia', password }).expect(200);
    expect(api.log()).not.toContain(secretOf(link));
    expect(api.log()).not.toContain(pass);
  });

  it('comes from whom the URL says', async () => {
    const { mails, port, stop } = await startMailServer();
    stopMail = stop;
    const { user, pass } = credentials;
    const from = encodeURIComponent('keys@acme.example');
    const admin = await start(`smtp://${user}:${pass}@127.0.0.1:${String(port)}?from=${from}`);
    await invite(admin);
    expect(mails).toMatchObject([{ from: 'keys@acme.example' }]);
  });

  it.each([
    ['refuses the mail and repeats it', true, credentials.pass],
    ['refuses the password', false, 'wrong-smtp-password'],
  ])(
    'is shown to the inviter when the server %s, and the log says nothing of it',
    async (_, refuses, pass) => {
      const { mails, port, stop } = await startMailServer({ refuses });
      stopMail = stop;
      const admin = await start(`smtp://${credentials.user}:${pass}@127.0.0.1:${String(port)}`);
      const { invitation } = await invite(admin);
      const url = invitation?.url ?? '';
      expect(mails).toEqual([]);
      await api
        .stranger()
        .get(`/v1/invitations/${secretOf(url)}`)
        .expect(200);
      expect(api.log()).toContain('a mail was not sent');
      expect(api.log()).not.toContain(secretOf(url));
      expect(api.log()).not.toContain(pass);
    },
  );

  it('is shown to the inviter when no server is there', async () => {
    // No program gets this port by chance.
    const admin = await start('smtp://127.0.0.1:1');
    const { invitation } = await invite(admin);
    expect(invitation?.url).toContain(`${api.url}/invitations/`);
    expect(api.log()).toContain('ESOCKET');
  });
});

describe('what an account is told by mail', () => {
  let api: RunningApi;
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let admin: RestClient;
  beforeEach(async () => {
    server = await startMailServer();
    const { user, pass } = credentials;
    const url = `smtp://${user}:${pass}@127.0.0.1:${String(server.port)}`;
    api = await startApi('sqlite', { SMTP_URL: url });
    admin = await api.signIn(owner.email, owner.password);
  });
  afterEach(async () => {
    await api.stop();
    await server.stop();
  });
  /** Waits for mails, and looks whether there are no more than expected. */
  const received = async (count: number) => {
    await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(count);
    return server.mails.splice(0);
  };

  it('is of a deleted key and of a second reader of a link, at once, to whoever may read the log', async () => {
    const { key } = await generateAndRedeem(admin, 'acme', [], 'Order import');
    await admin.delete(`/v1/accounts/acme/keys/${key.id}`).expect(204);
    const [deleted] = await received(1);
    expect(deleted?.to).toEqual([owner.email]);
    expect(deleted?.text).toContain(`deleted the API key Order import (${key.key}).`);
    expect(deleted?.text).toContain(`${api.url}/a/acme/audit`);

    const issued = await admin
      .post('/v1/accounts/acme/keys', { name: 'Shop', roleIds: [] })
      .expect<IssuedKey>(201);
    const path = `/v1/credentials/${secretOf(issued.link.url)}/redeem`;
    await api.stranger().post(path).expect(200);
    await api.stranger().post(path).expect(410);
    const [triedAgain] = await received(1);
    expect(triedAgain?.text).toContain(`opened the link of the API key Shop (${issued.key.key})`);
    expect(triedAgain?.text).not.toContain(secretOf(issued.link.url));
  });

  it('is what each member wants, in their language', async () => {
    const role = await createRole(admin, 'acme', ['audit.view']);
    const person = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
    await admin.post(members, { email: person.email, roleIds: [role.id] }).expect(201);
    const [invitation] = await received(1);
    const link = /http:\/\/\S+\/invitations\/\w+/.exec(invitation?.text ?? '')?.[0] ?? '';
    const { email, name, password } = person;
    await api
      .stranger()
      .post(`/v1/invitations/${secretOf(link)}/accept`, { name, password })
      .expect(200);
    const rui = await api.signIn(email, password);
    const path = '/v1/accounts/acme/mail-preference';
    await rui.put(path, { events: true, digest: true, language: 'pt' }).expect(200);
    await admin.put(path, { events: false, digest: true, language: 'en' }).expect(200);
    const first = await generateAndRedeem(admin, 'acme', [], 'Shop');
    await admin.delete(`/v1/accounts/acme/keys/${first.key.id}`).expect(204);
    const [inPortuguese] = await received(1);
    expect(inPortuguese?.to).toEqual([email]);
    expect(inPortuguese?.text).toContain(`${owner.email} excluiu a chave`);

    await rui.put(path, { events: false, digest: true, language: 'pt' }).expect(200);
    await admin.put(path, { events: true, digest: true, language: 'es' }).expect(200);
    const second = await generateAndRedeem(admin, 'acme', [], 'Shop');
    await admin.delete(`/v1/accounts/acme/keys/${second.key.id}`).expect(204);
    const [inSpanish] = await received(1);
    expect(inSpanish?.to).toEqual([owner.email]);
    expect(inSpanish?.text).toContain(second.key.key);
  });

  it('is of the alerts of a day, in one mail at 07:00 UTC, with a link to the keys that are due', async () => {
    for (const name of ['Order import', 'Shop']) await generateAndRedeem(admin, 'acme', [], name);
    const later = new Date();
    later.setUTCMonth(later.getUTCMonth() + 4, 1);
    later.setUTCHours(12, 0, 0, 0);
    api.clock.advance(later.getTime() - Date.now());
    const { kysely } = await api.database.open();
    const told = async () => kysely.selectFrom('notification').select('type').execute();
    await expect.poll(told, { timeout: 20_000 }).toHaveLength(2);
    expect(server.mails).toEqual([]);
    api.clock.advance(24 * 60 * 60 * 1000);
    const [digest] = await received(1);
    expect(digest?.text).toContain('Subject: Acme: 2 API key alerts');
    expect(digest?.text).toMatch(/- Renewal due: Order import \(lk-acme-\w+\)/);
    expect(digest?.text).toMatch(/- Renewal due: Shop \(lk-acme-\w+\)/);
    expect(digest?.text).toContain(`${api.url}/a/acme/keys?alert=due`);
  });

  it('is of a new owner, to those who manage members and to nobody else', async () => {
    const role = await createRole(admin, 'acme', ['keys.view']);
    const person = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
    const { member } = await admin
      .post(members, { email: person.email, roleIds: [role.id] })
      .expect<IssuedInvitation>(201);
    const [invitation] = await received(1);
    const link = /http:\/\/\S+\/invitations\/\w+/.exec(invitation?.text ?? '')?.[0] ?? '';
    const { name, password } = person;
    await api
      .stranger()
      .post(`/v1/invitations/${secretOf(link)}/accept`, { name, password })
      .expect(200);
    const roles = await admin
      .get('/v1/accounts/acme/roles')
      .expect<{ items: { id: string }[] }>(200);
    const ownerRole = roles.items[0]?.id ?? '';
    await admin
      .patch(`/v1/accounts/acme/members/${member.id}`, { roleIds: [ownerRole] })
      .expect(200);
    const mails = await received(2);
    expect(new Set(mails.flatMap(({ to }) => to))).toEqual(new Set([owner.email, person.email]));
    expect(mails[0]?.text).toContain('rui@acme.example is now an owner');
  });
});
