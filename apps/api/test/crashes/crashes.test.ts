import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RestClient } from '../api/rest-client.ts';
import { startChildServer } from '../child-server.ts';
import { engines, makeDatabase } from '../databases.ts';
import { check, write, type Known } from './ledger.ts';

/** How often the server is killed on each engine. `CRASHES=200` looks longer. */
const crashes = Number(process.env['CRASHES'] ?? 5);

/** How many administrators write at the same time. */
const writers = 6;

const keys = '/v1/accounts/acme/keys';

describe.each(engines)('a server that is killed while it writes, on %s', (engine) => {
  it('has everything that it acknowledged, and nothing by halves', async () => {
    const database = await makeDatabase(engine);
    const owner = { email: 'ana@acme.example', password: 'correct horse battery staple' };
    const variables = {
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: randomBytes(32).toString('base64'),
      LATCHKEY_ACCOUNT: 'acme',
      LATCHKEY_OWNER_EMAIL: owner.email,
      LATCHKEY_OWNER_PASSWORD: owner.password,
      LATCHKEY_LOG_LEVEL: 'error',
    };
    const ledger: Known[] = [];
    let acknowledged = 0;
    let cookie = '';
    const start = async () => {
      const server = await startChildServer(variables);
      if (cookie === '') {
        const admin = new RestClient(server.url);
        await admin.post('/v1/session', owner).expect(200);
        ({ cookie } = admin);
      }
      return { server, admin: new RestClient(server.url, { Cookie: cookie }) };
    };
    try {
      for (let crash = 0; crash < crashes; crash += 1) {
        const { server, admin } = await start();
        for (const known of ledger.slice(-4 * writers)) await check(admin, known);
        const writing = Array.from({ length: writers }, () => write(server, cookie, ledger));
        await wait(randomInt(300, 1500));
        await server.end('SIGKILL');
        for (const count of await Promise.all(writing)) acknowledged += count;
      }
      const { server, admin } = await start();
      for (const known of ledger) await check(admin, known);
      const chain = await admin.get('/v1/accounts/acme/audit-events/verify').expect(200);
      expect(chain).toMatchObject({ intact: true });
      const { total } = await admin.get(`${keys}?limit=1`).expect<{ total: number }>(200);
      const alive = ledger.filter(({ deleted }) => !deleted).length;
      // Each writer had at most one key under way at each crash: made without its answer, or deleted.
      expect(Math.abs(total - alive)).toBeLessThanOrEqual(writers * crashes);
      expect(await server.end('SIGTERM')).toBe(0);
      process.stdout.write(
        `${engine}: ${String(crashes)} crashes, ${String(acknowledged)} acknowledged changes, ${String(ledger.length)} keys\n`,
      );
      expect(acknowledged).toBeGreaterThan(crashes);
    } finally {
      await database.remove();
    }
  }, 600_000);
});
