import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RestClient } from '../api/rest-client.ts';
import type { ApiKey, IssuedKey } from '../api/things.ts';
import { startChildServer, type ChildServer } from '../child-server.ts';
import { engines, makeDatabase } from '../databases.ts';

/** How often the server is killed on each engine. `CRASHES=200` looks longer. */
const crashes = Number(process.env['CRASHES'] ?? 5);

/** How many administrators write at the same time. */
const writers = 6;

const keys = '/v1/accounts/acme/keys';

/** What the server has acknowledged of a key; what was under way when it died may have happened or not. */
interface Known {
  id: string;
  /** Tokens that verify. */
  good: Set<string>;
  /** Tokens that do not verify any more. */
  gone: Set<string>;
  /** Link tokens that were redeemed. */
  redeemed: Set<string>;
  deleted: boolean;
  /** What was asked and not answered. */
  underWay: 'nothing' | 'redeem' | 'renew' | 'complete' | 'delete';
}

/** The server died before it answered. */
class Died extends Error {}

async function ask<T>(
  server: ChildServer,
  cookie: string,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { Cookie: cookie, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    text = await answer.text();
  } catch (error) {
    throw new Died('no answer', { cause: error });
  }
  if (!answer.ok) throw new Error(`${method} ${path} answered ${String(answer.status)} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** One administrator, who generates, renews and deletes keys and redeems their links until the server dies. */
async function write(server: ChildServer, cookie: string, ledger: Known[]): Promise<number> {
  let acknowledged = 0;
  const call = async <T>(method: string, path: string, body?: object) => {
    const answer = await ask<T>(server, cookie, method, path, body);
    acknowledged += 1;
    return answer;
  };
  const redeem = async (known: Known, linkToken: string) => {
    known.underWay = 'redeem';
    const { token } = await call<{ token: string }>('POST', `/v1/credentials/${linkToken}/redeem`);
    known.underWay = 'nothing';
    known.redeemed.add(linkToken);
    known.good.add(token);
    return token;
  };
  const linkTokenOf = ({ link }: IssuedKey) => link.url.split('/').at(-1) ?? '';

  try {
    for (;;) {
      const issued = await call<IssuedKey>('POST', keys, { name: 'Crash', roleIds: [] });
      const { id } = issued.key;
      const known: Known = {
        id,
        good: new Set(),
        gone: new Set(),
        redeemed: new Set(),
        deleted: false,
        underWay: 'nothing',
      };
      ledger.push(known);
      const first = await redeem(known, linkTokenOf(issued));
      if (randomInt(3) > 0) {
        known.underWay = 'renew';
        const renewed = await call<IssuedKey>('POST', `${keys}/${id}/renewal`, {});
        known.underWay = 'nothing';
        await redeem(known, linkTokenOf(renewed));
        if (randomInt(2) > 0) {
          known.underWay = 'complete';
          await call('POST', `${keys}/${id}/renewal/complete`);
          known.underWay = 'nothing';
          known.good.delete(first);
          known.gone.add(first);
        }
      }
      if (randomInt(3) === 0) {
        known.underWay = 'delete';
        await call('DELETE', `${keys}/${id}`);
        known.underWay = 'nothing';
        known.deleted = true;
        for (const token of known.good) known.gone.add(token);
        known.good.clear();
      }
    }
  } catch (error) {
    if (error instanceof Died) return acknowledged;
    throw error;
  }
}

/** Holds a key against what was acknowledged of it. */
async function check(admin: RestClient, known: Known): Promise<void> {
  const verify = async (token: string) => {
    const { valid } = await admin.post('/v1/verify', { token }).expect<{ valid: boolean }>(200);
    return valid;
  };
  const found = await admin.get(`${keys}/${known.id}`);
  if (known.deleted) expect(found.status).toBe(404);
  else if (known.underWay !== 'delete') expect(found.status).toBe(200);
  for (const token of known.gone) expect(await verify(token)).toBe(false);
  const isDeleted = found.status === 404;
  if (!isDeleted) {
    const key = found.body as ApiKey;
    expect([key.tokens.length, key.renewal === null]).toEqual([
      key.renewal === null ? 1 : 2,
      key.renewal === null,
    ]);
    expect(key.link).not.toBeNull();
    const good = await Promise.all([...known.good].map(verify));
    if (known.underWay === 'complete') expect(good.some(Boolean)).toBe(true);
    else expect(good.every(Boolean)).toBe(true);
  }
  for (const linkToken of known.redeemed) {
    await admin.post(`/v1/credentials/${linkToken}/redeem`).refused(410, 'LINK_GONE');
  }
}

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
    try {
      for (let crash = 0; crash <= crashes; crash += 1) {
        const server = await startChildServer(variables);
        const admin = new RestClient(server.url);
        if (cookie === '') {
          await admin.post('/v1/session', owner).expect(200);
          cookie = admin.cookie;
        }
        const signedIn = new RestClient(server.url, { Cookie: cookie });
        for (const known of ledger.slice(-4 * writers)) await check(signedIn, known);
        if (crash === crashes) {
          for (const known of ledger) await check(signedIn, known);
          const chain = await signedIn.get('/v1/accounts/acme/audit-events/verify').expect(200);
          expect(chain).toMatchObject({ intact: true });
          const { total } = await signedIn.get(`${keys}?limit=1`).expect<{ total: number }>(200);
          const alive = ledger.filter(({ deleted }) => !deleted).length;
          // Each writer had at most one key under way at each crash: made without its answer, or deleted.
          expect(Math.abs(total - alive)).toBeLessThanOrEqual(writers * crashes);
          expect(await server.end('SIGTERM')).toBe(0);
          break;
        }
        const writing = Array.from({ length: writers }, () => write(server, cookie, ledger));
        await wait(randomInt(300, 1500));
        await server.end('SIGKILL');
        for (const count of await Promise.all(writing)) acknowledged += count;
      }
      process.stdout.write(
        `${engine}: ${String(crashes)} crashes, ${String(acknowledged)} acknowledged changes, ${String(ledger.length)} keys\n`,
      );
      expect(acknowledged).toBeGreaterThan(crashes);
    } finally {
      await database.remove();
    }
  }, 600_000);
});
