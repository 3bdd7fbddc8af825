import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
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
