import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { RestClient } from '../api/rest-client.ts';
import type { ApiKey, IssuedKey } from '../api/things.ts';
import type { ChildServer } from '../child-server.ts';

const keys = '/v1/accounts/acme/keys';

/** What the server has acknowledged of a key; what was under way when it died may have happened or not. */
export interface Known {
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
export async function write(server: ChildServer, cookie: string, ledger: Known[]): Promise<number> {
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
export async function check(admin: RestClient, known: Known): Promise<void> {
  const verify = async (token: string) => {
    const { valid } = await admin.post('/v1/verify', { token }).expect<{ valid: boolean }>(200);
    return valid;
  };
  const found = await admin.get(`${keys}/${known.id}`);
  if (known.deleted) assert.equal(found.status, 404);
  else if (known.underWay !== 'delete') assert.equal(found.status, 200);
  for (const token of known.gone) assert.equal(await verify(token), false);
  const isDeleted = found.status === 404;
  if (!isDeleted) {
    const key = found.body as ApiKey;
    assert.equal(key.tokens.length, key.renewal === null ? 1 : 2);
    assert.notEqual(key.link, null);
    const good = await Promise.all([...known.good].map(verify));
    assert.ok(known.underWay === 'complete' ? good.some(Boolean) : good.every(Boolean));
  }
  for (const linkToken of known.redeemed) {
    await admin.post(`/v1/credentials/${linkToken}/redeem`).refused(410, 'LINK_GONE');
  }
}
