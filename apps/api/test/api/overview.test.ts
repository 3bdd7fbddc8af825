import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { asKey, createRole, generateAndRedeem, type ApiKey, type IssuedKey } from './things.ts';

const day = 24 * 60 * 60 * 1000;
const keys = '/v1/accounts/acme/keys';

interface Overview {
  total: number;
  attention: { expiring: ApiKey[]; overdue: ApiKey[] };
}

/** Each figure with the list that it opens. */
const figures = {
  total: '',
  active: 'status=active',
  inactive: 'status=inactive',
  due: 'alert=due',
  overdue: 'alert=overdue',
  idle: 'usage=idle',
  neverUsed: 'usage=never',
  expiring: 'expiry=soon',
  expired: 'expiry=expired',
  broad: 'access=broad',
};

describe.each(engines)('the keys in figures, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  const read = () => admin.get(`${keys}/overview`).expect<Overview & Record<string, unknown>>(200);
  const generate = async (name: string, more: object = {}) =>
    (await admin.post(keys, { name, roleIds: [], ...more }).expect<IssuedKey>(201)).key;
  const inDays = (days: number) => new Date(api.clock.now().getTime() + days * day).toISOString();
  const namesOf = (listed: readonly ApiKey[]) => listed.map((key) => key.name);

  it('are all nothing in an account without keys', async () => {
    expect(await read()).toEqual({
      ...Object.fromEntries(Object.keys(figures).map((name) => [name, 0])),
      attention: { expiring: [], overdue: [] },
    });
  });

  it('each count what the list shows under its filter', async () => {
    const clerk = await createRole(admin, 'acme', ['orders.read', 'keys.edit']);
    const reader = await createRole(admin, 'acme', ['orders.read', 'keys.view']);
    const { credential } = await generateAndRedeem(admin, 'acme', [reader.id]);
    await generate('Old', { roleIds: [clerk.id, reader.id] });
    await api.stranger().post('/v1/verify', credential).expect(200);
    await api.restart({});
    api.clock.advance(100 * day);
    admin = await api.signIn(owner.email, owner.password);
    await generate('Later', { expiresAt: inDays(13) });
    await generate('Sooner', { expiresAt: inDays(2) });
    await generate('Far', { expiresAt: inDays(15) });
    await generate('Past', { expiresAt: inDays(0.5) });
    api.clock.advance(day);
    admin = await api.signIn(owner.email, owner.password);
    const off = await generate('Off');
    await admin.post(`${keys}/${off.id}/deactivate`, {}).expect(200);

    const overview = await read();
    const listed = await Promise.all(
      Object.entries(figures).map(async ([name, query]) => {
        const page = await admin
          .get(`${keys}?${query}`)
          .expect<{ items: ApiKey[]; total: number }>(200);
        return [name, page.items.length] as const;
      }),
    );
    expect(overview).toMatchObject(Object.fromEntries(listed));
    expect(overview).toMatchObject({
      total: 7,
      active: 6,
      inactive: 1,
      due: 2,
      overdue: 0,
      idle: 1,
      neverUsed: 6,
      expiring: 3,
      expired: 1,
      broad: 1,
    });
    expect(namesOf(overview.attention.expiring)).toEqual(['Sooner', 'Later', 'Far']);
    expect(overview.attention.overdue).toEqual([]);
  });

  it('name the keys whose tokens have been overdue the longest', async () => {
    api.clock.advance(90 * day);
    admin = await api.signIn(owner.email, owner.password);
    const { attention, ...counted } = await read();
    expect(counted).toMatchObject({ overdue: 2 });
    expect(namesOf(attention.overdue)).toHaveLength(2);
    expect(attention.overdue.every((key) => key.alert === 'overdue')).toBe(true);
  });

  it('are for those who may view the keys', async () => {
    const clerk = await createRole(admin, 'acme', ['roles.edit']);
    const { credential } = await generateAndRedeem(admin, 'acme', [clerk.id]);
    const refused = await asKey(api.url, credential).get(`${keys}/overview`);
    expect(refused.body).toMatchObject({ code: 'FORBIDDEN' });
  });
});
