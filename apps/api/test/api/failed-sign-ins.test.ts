import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { asKey, createRole, generateAndRedeem, inviteAndJoin } from './things.ts';

interface Told {
  action: string;
  actor: { kind: string; name: string };
  subject: string;
  details: Record<string, unknown>;
  from: string | null;
}

const session = '/v1/session';
const wrong = { email: owner.email, password: 'not-the-password' };
const rui = { email: 'rui@acme.example', name: 'Rui', password: 'a long enough password' };
const minute = 60_000;

describe.each(engines)('what the audit log tells of refusals, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    await inviteAndJoin(admin, 'acme', rui, []);
  });
  afterAll(() => api.stop());

  const told = async (action: string, account = 'acme'): Promise<Told[]> => {
    const path = `/v1/accounts/${account}/audit-events?action=${action}`;
    return (await admin.get(path).expect<{ items: Told[] }>(200)).items;
  };
  const signIn = async (body: object) => (await api.stranger().post(session, body)).status;

  it('a sign-in with a wrong password, in each account of the person, once a minute', async () => {
    expect(await signIn(wrong)).toBe(401);
    const event = {
      actor: { kind: 'member', name: owner.email },
      subject: owner.email,
      details: { reason: 'The address or the password is wrong.' },
      from: '127.0.0.1',
    };
    for (const account of ['acme', 'partner']) {
      await expect.poll(() => told('sign-in.failed', account)).toMatchObject([event]);
    }
    expect(await signIn(wrong)).toBe(401);
    // What is noted is written in turn: when this one is, the one before it would be.
    expect(await signIn({ ...wrong, email: rui.email.toUpperCase() })).toBe(401);
    const ofRui = { ...event, actor: { kind: 'member', name: rui.email }, subject: rui.email };
    await expect.poll(() => told('sign-in.failed')).toMatchObject([ofRui, event]);
    expect(await told('sign-in.failed', 'partner')).toHaveLength(1);
  });

  it('that somebody at a member’s screen did not know the password', async () => {
    api.clock.advance(minute);
    const body = { currentPassword: wrong.password, newPassword: 'a long enough password' };
    await admin.put('/v1/profile/password', body).refused(403, 'WRONG_PASSWORD');
    const reason = 'The password is wrong.';
    await expect.poll(async () => (await told('sign-in.failed'))[0]?.details).toEqual({ reason });
  });

  it('nothing of an address that nobody has, and no password', async () => {
    const stranger = { email: 'strangers-typo@acme.example', password: wrong.password };
    expect(await signIn(stranger)).toBe(401);
    api.clock.advance(minute);
    const before = (await told('sign-in.failed')).length;
    expect(await signIn(wrong)).toBe(401);
    await expect.poll(async () => (await told('sign-in.failed')).length).toBe(before + 1);
    const { kysely } = await api.database.open();
    const rows = JSON.stringify(await kysely.selectFrom('audit_event').selectAll().execute());
    expect(rows).not.toContain(stranger.email);
    expect(rows).not.toContain(wrong.password);
    expect(api.log()).not.toContain(stranger.email);
  });

  it('that somebody who is not the administrator asked for an account', async () => {
    const client = await api.signIn(rui.email, rui.password);
    const role = await createRole(admin, 'acme', ['keys.view']);
    const { key, credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const body = { slug: 'mine', name: 'Mine' };
    for (const caller of [client, client, asKey(api.url, credential)]) {
      await caller.post('/v1/accounts', body).refused(403, 'FORBIDDEN');
    }
    expect(await told('access.refused')).toMatchObject([
      { actor: { kind: 'key', name: key.key }, subject: 'administrator', from: '127.0.0.1' },
      { actor: { kind: 'member', name: rui.email }, subject: 'administrator' },
    ]);
    expect(await told('access.refused', 'partner')).toEqual([]);
    const verdict = await admin.get('/v1/accounts/acme/audit-events/verify').expect(200);
    expect(verdict).toMatchObject({ intact: true });
  });
});
