import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, LatchkeyError } from '../src/index.ts';
import { RunningServer } from './running-server.ts';

let server: RunningServer;
let token: string;

beforeAll(async () => {
  server = await RunningServer.start();
  const role = await server.makeRole('Key keeper', ['keys.view', 'keys.edit', 'keys.renew']);
  ({ token } = await server.makeKey('Key keeper', [role]));
});
afterAll(() => server.remove());

const linkTokenOf = (url: string) => url.split('/').at(-1) ?? '';

describe('the REST client', () => {
  it('lives through a key’s whole life', async () => {
    const client = createClient({ url: server.url, token });
    const acme = client.account('acme');
    const { key, link } = await acme.generateKey({ name: 'Order import', roleIds: [] });
    expect((await client.previewLink(linkTokenOf(link.url))).keyName).toBe('Order import');
    const credential = await client.redeemLink(linkTokenOf(link.url));
    expect(await client.verify(credential)).toMatchObject({ valid: true, key: { id: key.id } });

    const renewed = await acme.renewToken(key.id);
    const next = await client.redeemLink(linkTokenOf(renewed.link.url));
    expect((await acme.completeRenewal(key.id)).renewal).toBeNull();
    expect(await client.verify(credential)).toMatchObject({ code: 'INVALID_CREDENTIALS' });

    expect((await acme.editKey(key.id, { name: 'Orders' })).name).toBe('Orders');
    await acme.deactivateKey(key.id);
    expect(await client.verify(next)).toMatchObject({ code: 'INACTIVE' });
    await acme.activateKey(key.id);
    expect((await acme.listKeys({ search: 'orders', limit: 5 })).items).toHaveLength(1);
    await acme.deleteKey(key.id);
    expect(await client.verify(next)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('rejects with the server’s code', async () => {
    const acme = createClient({ url: server.url, token }).account('acme');
    await expect(acme.getKey('none')).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const stranger = createClient({ url: server.url }).account('acme');
    await expect(stranger.listRoles()).rejects.toBeInstanceOf(LatchkeyError);
  });
});
