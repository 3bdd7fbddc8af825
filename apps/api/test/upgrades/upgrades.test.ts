import { readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { makeHttpServer } from '../../src/http-server.ts';
import { openService, type Service } from '../../src/service.ts';
import { RestClient } from '../api/rest-client.ts';
import {
  addPasskey,
  proveByPasskey,
  SoftwareAuthenticator,
} from '../api/software-authenticator.ts';
import { asKey, redeem, type ApiKey, type IssuedKey } from '../api/things.ts';
import { engines, makeDatabase, type Engine, type TestDatabase } from '../databases.ts';

/** Every released schema of which a database is kept: a folder each, made by that release on both engines. */
const releases = ['0.1.0'] as const;

const credential = z.object({ id: z.string(), key: z.string(), token: z.string() });

/** What is in a kept database. The secrets in it were made for it alone. */
const contents = z.object({
  madeAt: z.coerce.date(),
  secret: z.string(),
  owner: z.object({ email: z.string(), password: z.string() }),
  active: credential.extend({ uses: z.number() }),
  pending: z.object({
    id: z.string(),
    key: z.string(),
    oldToken: z.string(),
    newToken: z.string(),
  }),
  open: z.object({ id: z.string(), key: z.string(), linkToken: z.string() }),
  inactive: credential,
  deleted: z.string(),
  invitation: z.string(),
  auditEvents: z.number(),
});

const kept = (release: string, file: string) =>
  readFile(new URL(`${release}/${file}`, import.meta.url));

async function restore(release: string, engine: Engine, { url }: TestDatabase): Promise<void> {
  if (engine === 'sqlite') {
    const file = gunzipSync(await kept(release, 'sqlite.db.gz'));
    await writeFile(url.slice('sqlite:'.length), file);
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query((await kept(release, 'postgresql.sql')).toString());
  await client.end();
}

describe.each(releases.flatMap((release) => engines.map((engine) => ({ release, engine }))))(
  'a database made by $release on $engine',
  ({ release, engine }) => {
    let database: TestDatabase;
    let server: Server;
    let service: Service;
    let known: z.infer<typeof contents>;
    let url = '';
    let owner: RestClient;

    beforeAll(async () => {
      known = contents.parse(JSON.parse((await kept(release, `${engine}.json`)).toString()));
      database = await makeDatabase(engine);
      await restore(release, engine, database);
      server = makeHttpServer();
      // Else a request after a while would go out on a connection that is being closed for idleness.
      server.keepAliveTimeout = 0;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const port = String((server.address() as AddressInfo).port);
      url = `http://127.0.0.1:${port}`;
      const config = readConfig({
        PORT: port,
        PUBLIC_URL: url,
        DATABASE_URL: database.url,
        LATCHKEY_SECRET: known.secret,
      });
      // An hour after it was made: the link in it is still open.
      const now = new Date(known.madeAt.getTime() + 60 * 60 * 1000);
      service = await openService(config, pino({ enabled: false }), { now: () => now });
      server.on('request', (request, response) => {
        service.handle(request, response);
      });
      owner = new RestClient(url);
      await owner.post('/v1/session', known.owner).expect(200);
    });

    afterAll(async () => {
      server.closeAllConnections();
      server.close();
      await service.close();
      await database.remove();
    });

    const verify = (body: object) => owner.post('/v1/verify', body).expect(200);

    it('verifies every token as before, for its account and for the one that granted to it', async () => {
      const { key, token } = known.active;
      expect(await verify({ key, token, permission: 'orders.write' })).toMatchObject({
        valid: true,
        roles: ['Orders'],
        key: { name: 'Pedidos São Paulo' },
      });
      expect(await verify({ key, token, account: 'globex' })).toMatchObject({
        valid: true,
        permissions: ['orders.read'],
      });
      for (const one of [known.pending.oldToken, known.pending.newToken]) {
        expect(await verify({ token: one })).toMatchObject({ valid: true, code: 'VALID' });
      }
      expect(await verify({ token: known.inactive.token })).toEqual({
        valid: false,
        code: 'INACTIVE',
      });
    });

    it('still delivers the token of an open link, once', async () => {
      const { linkToken, key } = known.open;
      expect(await redeem(url, `/credentials/${linkToken}`)).toMatchObject({ key });
      await owner.post(`/v1/credentials/${linkToken}/redeem`).refused(410, 'LINK_GONE');
    });

    it('lists, searches and goes on with what stands in it', async () => {
      const keys = '/v1/accounts/acme/keys';
      const all = await owner.get(keys).expect<{ total: number; items: ApiKey[] }>(200);
      expect(all.total).toBe(4);
      expect(all.items.map(({ key }) => key)).not.toContain(known.deleted);
      const found = await owner.get(`${keys}?search=sao%20paulo`).expect<{ items: ApiKey[] }>(200);
      expect(found.items.map(({ key }) => key)).toEqual([known.active.key]);
      expect(found.items[0]?.lastUsedAt).not.toBeNull();
      const completed = await owner
        .post(`${keys}/${known.pending.id}/renewal/complete`)
        .expect<ApiKey>(200);
      expect(completed.tokens).toHaveLength(1);
      expect(await verify({ token: known.pending.oldToken })).toMatchObject({ valid: false });
      const { link } = await owner.post(keys, { name: 'New', roleIds: [] }).expect<IssuedKey>(201);
      await asKey(url, await redeem(url, link.url))
        .get('/v1/accounts')
        .expect(200);
    });

    it('lets its people sign in with what is new', async () => {
      const { password } = known.owner;
      const authenticator = new SoftwareAuthenticator(url);
      const { recoveryCodes } = await addPasskey(owner, authenticator, { password });
      const browser = new RestClient(url);
      const proof = await proveByPasskey(browser, authenticator);
      await browser.post('/v1/session/passkey', proof).expect(200);
      await browser.post('/v1/session', { ...known.owner, code: recoveryCodes[0] }).expect(200);
      expect(await browser.get('/v1/session').expect(200)).toMatchObject({
        email: known.owner.email,
      });
    });

    it('keeps settings, invitations and an audit chain that verifies', async () => {
      const settings = await owner.get('/v1/accounts/acme/settings').expect(200);
      expect(settings).toMatchObject({ renewalPeriodMonths: 6 });
      await owner.get(`/v1/invitations/${known.invitation}`).expect(200);
      const verdict = await owner
        .get('/v1/accounts/acme/audit-events/verify')
        .expect<{ intact: boolean; events: number }>(200);
      expect(verdict.intact).toBe(true);
      expect(verdict.events).toBeGreaterThanOrEqual(known.auditEvents);
    });
  },
);
