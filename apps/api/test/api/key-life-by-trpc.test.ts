import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { credentialHeaders, secretOf } from './things.ts';
import { makeTrpcClient, type TrpcClient } from './trpc-client.ts';

const day = 24 * 60 * 60 * 1000;

/** The refusal that a call over tRPC must end with. */
async function refusal(calling: Promise<unknown>): Promise<unknown> {
  const error: unknown = await calling.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TRPCClientError);
  const { data } = error as { data: { refusal: { code: string } } };
  expect(data).not.toHaveProperty('stack');
  return data.refusal.code;
}

describe.each(engines)('a key’s whole life by a typed client, on %s', (engine) => {
  let api: RunningApi;
  let anyone: TrpcClient;
  let admin: TrpcClient;
  beforeAll(async () => {
    api = await startApi(engine);
    anyone = makeTrpcClient(api.url, {});
    const { cookie } = await api.signIn(owner.email, owner.password);
    admin = makeTrpcClient(api.url, { cookie });
  });
  afterAll(() => api.stop());

  const account = 'acme';
  const generate = async (name: string, roleIds: string[] = []) => {
    const { key, link } = await admin.keys.generate.mutate({ account, name, roleIds });
    const linkToken = secretOf(link.url);
    return { key, linkToken, id: key.id };
  };
  const verify = async (credential: { key: string; token: string }, more = {}) => {
    const answer = await api.stranger().post('/v1/verify', { ...credential, ...more });
    return (answer.body as { code: string }).code;
  };

  it('says who is signed in, and where', async () => {
    expect(await admin.session.get.query()).toEqual({
      id: expect.any(String) as unknown,
      email: owner.email,
      name: owner.name,
      administrator: true,
    });
    const { items } = await admin.accounts.list.query();
    expect(items).toMatchObject([{ slug: 'acme', name: 'Acme', owner: true }]);
    expect(await admin.accounts.get.query({ account })).toEqual(items[0]);
    expect(await refusal(anyone.accounts.list.query())).toBe('UNAUTHENTICATED');
    expect(await refusal(anyone.session.get.query())).toBe('UNAUTHENTICATED');
    expect(await anyone.setUp.get.query()).toEqual({ needed: false });
  });

  it('generates, delivers once, edits with its entity tag, and switches off and on', async () => {
    const role = await admin.roles.create.mutate({
      account,
      name: 'Orders',
      permissions: ['orders.read'],
    });
    const { key, linkToken, id } = await generate('Order import', [role.id]);
    expect(await anyone.credentials.preview.mutate({ linkToken })).toMatchObject({
      keyName: 'Order import',
      account: 'Acme',
    });
    const credential = await anyone.credentials.redeem.mutate({ linkToken });
    expect(credential.key).toBe(key.key);
    expect(await refusal(anyone.credentials.redeem.mutate({ linkToken }))).toBe('LINK_GONE');
    expect(await refusal(anyone.credentials.preview.mutate({ linkToken }))).toBe('LINK_GONE');
    expect(await verify(credential, { permission: 'orders.read' })).toBe('VALID');

    const seen = await admin.keys.get.query({ account, id });
    const edited = await admin.keys.edit.mutate({
      account,
      id,
      name: 'Order export',
      ifMatch: seen.etag,
    });
    expect(edited).toMatchObject({ name: 'Order export', roles: [{ id: role.id }] });
    const late = admin.keys.edit.mutate({ account, id, name: 'Lost', ifMatch: seen.etag });
    expect(await refusal(late)).toBe('STALE');

    expect((await admin.keys.deactivate.mutate({ account, id })).status).toBe('inactive');
    expect(await verify(credential)).toBe('INACTIVE');
    expect((await admin.keys.activate.mutate({ account, id })).status).toBe('active');
    expect(await verify(credential)).toBe('VALID');
    expect(await refusal(admin.roles.delete.mutate({ account, id: role.id }))).toBe('ROLE_IN_USE');
    await admin.roles.edit.mutate({ account, id: role.id, permissions: [] });
    expect(await verify(credential, { permission: 'orders.read' })).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );
    const { items } = await admin.roles.permissions.query({ account });
    expect(items).toContain('keys.view');
    expect(await admin.keys.delete.mutate({ account, id })).toBeNull();
    expect(await verify(credential)).toBe('INVALID_CREDENTIALS');
    expect(await admin.roles.delete.mutate({ account, id: role.id })).toBeNull();
  });

  it('renews, completes, undoes, reschedules and withdraws', async () => {
    const { id, linkToken } = await generate('Renewed');
    const old = await anyone.credentials.redeem.mutate({ linkToken });
    const one = { account, id };
    const first = await admin.keys.renew.mutate(one);
    expect(first.key).toMatchObject({ renewal: { completeAt: null }, link: { state: 'open' } });
    expect(await refusal(admin.keys.renew.mutate(one))).toBe('RENEWAL_LINK_OPEN');
    expect((await admin.keys.undo.mutate(one)).renewal).toBeNull();
    expect(await refusal(admin.keys.undo.mutate(one))).toBe('NO_PENDING_RENEWAL');

    const completeAt = new Date(api.clock.now().getTime() + day).toISOString();
    const { link } = await admin.keys.renew.mutate({ ...one, completeAt });
    const fresh = await anyone.credentials.redeem.mutate({ linkToken: secretOf(link.url) });
    expect([await verify(old), await verify(fresh)]).toEqual(['VALID', 'VALID']);
    expect(await refusal(admin.keys.renew.mutate(one))).toBe('RENEWAL_PENDING');
    const moved = await admin.keys.reschedule.mutate({ ...one, completeAt: null });
    expect(moved.renewal?.completeAt).toBeNull();
    expect((await admin.keys.complete.mutate(one)).tokens).toHaveLength(1);
    expect([await verify(old), await verify(fresh)]).toEqual(['INVALID_CREDENTIALS', 'VALID']);

    await admin.keys.renew.mutate(one);
    expect((await admin.keys.withdrawLink.mutate(one)).link?.state).toBe('withdrawn');
    expect(await refusal(admin.keys.withdrawLink.mutate(one))).toBe('NO_OPEN_LINK');
    const { items, total } = await admin.keys.list.query({ account, search: 'RENEWED' });
    expect([items.length, total]).toEqual([1, 1]);
  });

  it('grants to a key of another account, and invites a person to it', async () => {
    await admin.accounts.create.mutate({ slug: 'partner', name: 'Partner' });
    const { key, linkToken } = await generate('Shared');
    const credential = await anyone.credentials.redeem.mutate({ linkToken });
    const inPartner = { account: 'partner' };
    const external = await admin.externalKeys.add.mutate({
      ...inPartner,
      key: key.key,
      roleIds: [],
    });
    expect(await verify(credential, inPartner)).toBe('VALID');
    const { id, etag } = external;
    await admin.externalKeys.edit.mutate({ ...inPartner, id, roleIds: [], ifMatch: etag });
    const late = admin.externalKeys.edit.mutate({ ...inPartner, id, roleIds: [], ifMatch: etag });
    expect(await refusal(late)).toBe('STALE');
    expect((await admin.externalKeys.list.query(inPartner)).items).toHaveLength(1);
    await admin.externalKeys.remove.mutate({ ...inPartner, id });
    expect(await verify(credential, inPartner)).toBe('INVALID_CREDENTIALS');

    const { items: roles } = await admin.roles.list.query(inPartner);
    const viewer = roles.find(({ name }) => name === 'Viewer');
    const invited = await admin.members.invite.mutate({
      ...inPartner,
      email: 'bia@partner.example',
      roleIds: viewer ? [viewer.id] : [],
    });
    const invitation = secretOf(invited.invitation?.url ?? '');
    expect(await anyone.invitations.preview.mutate({ invitation })).toMatchObject({
      account: 'Partner',
      registered: false,
    });
    const password = 'a long enough password';
    const joined = await anyone.invitations.accept.mutate({ invitation, name: 'Bia', password });
    expect(joined).toMatchObject({ slug: 'partner', permissions: ['keys.view'], owner: false });
    const { cookie } = await api.signIn('bia@partner.example', password);
    const bia = makeTrpcClient(api.url, { cookie });
    expect((await bia.keys.list.query(inPartner)).total).toBe(0);
    const memberId = invited.member.id;
    await admin.members.edit.mutate({ ...inPartner, id: memberId, roleIds: [] });
    expect(await refusal(bia.keys.list.query(inPartner))).toBe('FORBIDDEN');
    await admin.members.remove.mutate({ ...inPartner, id: memberId });
    expect(await refusal(bia.keys.list.query(inPartner))).toBe('NOT_FOUND');
    expect((await admin.members.list.query(inPartner)).items).toHaveLength(1);
  });

  it('is managed by a key, and keeps settings and a whole chain of events', async () => {
    const role = await admin.roles.create.mutate({
      account,
      name: 'Auditor',
      permissions: ['audit.view', 'keys.view', 'keys.settings'],
    });
    const { linkToken, key } = await generate('Auditor', [role.id]);
    const credential = await anyone.credentials.redeem.mutate({ linkToken });
    const byKey = makeTrpcClient(api.url, credentialHeaders(credential));
    expect(await byKey.settings.set.mutate({ account, renewalPeriodMonths: 6 })).toEqual({
      renewalPeriodMonths: 6,
    });
    expect(await byKey.settings.get.query({ account })).toEqual({ renewalPeriodMonths: 6 });
    expect(await refusal(byKey.keys.generate.mutate({ account, name: 'No', roleIds: [] }))).toBe(
      'FORBIDDEN',
    );
    expect(await refusal(byKey.keys.list.query({ account: 'partner' }))).toBe('NOT_FOUND');
    const { items } = await byKey.auditEvents.list.query({ account, actor: key.id });
    expect(items.map(({ action }) => action)).toEqual(['access.refused', 'settings.changed']);
    expect(await byKey.auditEvents.verify.query({ account })).toMatchObject({ intact: true });
  });

  it('says which fields of an input are bad', async () => {
    const bad = admin.keys.generate.mutate({ account, name: ' ', roleIds: [] });
    await expect(bad).rejects.toMatchObject({
      data: { refusal: { code: 'VALIDATION_FAILED', fields: [{ path: 'name' }] } },
    });
  });

  it('signs in and out', async () => {
    const client = await api.signIn(owner.email, owner.password);
    const signedIn = makeTrpcClient(api.url, { cookie: client.cookie });
    expect(await signedIn.session.signOut.mutate()).toBeNull();
    expect(await refusal(signedIn.session.get.query())).toBe('UNAUTHENTICATED');
    const wrong = anyone.session.signIn.mutate({ email: owner.email, password: 'wrong' });
    expect(await refusal(wrong)).toBe('UNAUTHENTICATED');
  });
});
