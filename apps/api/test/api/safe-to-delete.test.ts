import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { createRole, generateAndRedeem, redeem, type IssuedKey } from './things.ts';

const acme = '/v1/accounts/acme';

interface Usage {
  calls: { day: number; week: number; month: number };
  tokens: readonly { state: 'current' | 'old'; calls: Usage['calls'] }[];
}

describe.each(engines)('what a deletion would break, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  it('is told of a key and of each of its tokens', async () => {
    const { credential, key } = await generateAndRedeem(admin, 'acme', []);
    const renewed = await admin.post(`${acme}/keys/${key.id}/renewal`, {}).expect<IssuedKey>(201);
    const fresh = await redeem(admin.url, renewed.link.url);
    for (const used of [credential, credential, fresh]) {
      await api.stranger().post('/v1/verify', used).expect(200);
    }
    await api.restart({});
    admin = await api.signIn(owner.email, owner.password);
    const read = () => admin.get(`${acme}/keys/${key.id}/usage`).expect<Usage>(200);
    const all = (count: number) => ({ day: count, week: count, month: count });
    expect(await read()).toMatchObject({
      calls: all(3),
      tokens: [
        { state: 'current', calls: all(1) },
        { state: 'old', calls: all(2) },
      ],
    });
    await admin.post(`${acme}/keys/${key.id}/renewal/complete`, {}).expect(200);
    expect(await read()).toMatchObject({
      calls: all(3),
      tokens: [{ state: 'current', calls: all(1) }],
    });
  });

  it('is told of a role: who has it', async () => {
    const role = await createRole(admin, 'acme', ['orders.read']);
    const read = () => admin.get(`${acme}/roles/${role.id}/users`).expect(200);
    expect(await read()).toEqual({ keys: 0, externalKeys: 0, members: 0 });
    const { key } = await generateAndRedeem(admin, 'acme', [role.id]);
    await admin.post(`${acme}/members`, { email: 'bia@acme.example', roleIds: [role.id] });
    expect(await read()).toEqual({ keys: 1, externalKeys: 0, members: 1 });
    await admin.delete(`${acme}/keys/${key.id}`).expect(204);
    expect(await read()).toEqual({ keys: 0, externalKeys: 0, members: 1 });
  });
});
