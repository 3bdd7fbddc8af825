import { randomBytes } from 'node:crypto';
import { makeKeyring, type Ports } from '@latchkey/core';
import { v7 as newId } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { makeBetterAuthPeople } from '../../src/people/better-auth-people.ts';
import { makeSetUp } from '../../src/people/set-up.ts';
import { isTaken, peopleSchema } from '../../src/store/index.ts';
import { engines, type Engine } from '../databases.ts';
import { startApi, type RunningApi } from './running-api.ts';

const body = {
  email: 'ana@acme.example',
  password: 'the one that counts',
  name: 'Ana Souza',
  account: 'acme',
  accountName: 'Acme',
};

/** Claims the instance on a node that dies as soon as the person is registered. */
async function breakOff(api: RunningApi, engine: Engine): Promise<void> {
  const { identities, store, kysely } = await api.database.open();
  const people = makeBetterAuthPeople({
    database: { db: kysely, type: engine === 'sqlite' ? 'sqlite' : 'postgres' },
    schema: peopleSchema,
    identities,
    publicUrl: api.url,
    secrets: [randomBytes(32).toString('base64url')],
    crypto: nodeCrypto,
    isTaken,
    onError: () => undefined,
  });
  const ports: Ports = {
    store: { ...store, transaction: () => Promise.reject(new Error('The process dies here.')) },
    clock: api.clock,
    crypto: nodeCrypto,
    keyring: makeKeyring(nodeCrypto, [randomBytes(32)]),
    usage: { count: () => undefined },
    newId,
    settings: { publicUrl: api.url, tokenPrefix: 'lk', importedTokens: false, mails: true },
  };
  const setUp = makeSetUp(ports, people, randomBytes(32));
  const claim = { ...body, password: 'one that was mistyped', name: 'An' };
  await expect(setUp.claim(claim, null)).rejects.toThrow('The process dies here.');
}

describe.each(engines)('setting an instance up, on %s', (engine) => {
  let api: RunningApi | undefined;
  afterEach(() => api?.stop());

  it('goes on where an attempt broke off in the middle, with the new password and name', async () => {
    api = await startApi(engine, {}, false);
    await breakOff(api, engine);
    const code = api.setUpUrl.slice(api.setUpUrl.indexOf('#') + 1);
    const claim = api.stranger().post('/v1/set-up', { ...body, code });
    await expect(claim.expect(201)).resolves.toMatchObject({ slug: 'acme', owner: true });
    const ana = await api.signIn(body.email, body.password);
    await expect(ana.get('/v1/session').expect(200)).resolves.toMatchObject({
      name: 'Ana Souza',
      administrator: true,
    });
    const former = { email: body.email, password: 'one that was mistyped' };
    await api.stranger().post('/v1/session', former).refused(401, 'UNAUTHENTICATED');
  });

  it('succeeds for one of many at the same time, who can sign in', async () => {
    const running = await startApi(engine, {}, false);
    api = running;
    const code = api.setUpUrl.slice(api.setUpUrl.indexOf('#') + 1);
    const claims = await Promise.all(
      Array.from({ length: 8 }, async () =>
        running.stranger().post('/v1/set-up', { ...body, code }),
      ),
    );
    const statuses = claims.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    await expect(api.signIn(body.email, body.password)).resolves.toBeDefined();
  });
});
