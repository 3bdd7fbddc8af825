import type { StoredCredential } from '@latchkey/core';
import { describe, expect, it } from 'vitest';
import { makeCredentialCache } from './credential-cache.ts';

const credential: StoredCredential = {
  tokenId: 'token',
  keyId: 'key',
  key: 'lk-acme-12345678',
  name: 'Order import',
  owner: 'acme',
  ownerId: 'acme-id',
  status: 'active',
  expiresAt: null,
  endsAt: null,
  roles: [{ name: 'Order reader', permissions: ['orders.read'] }],
};

const unlimited = { wait: () => 0, note: () => undefined };

/** A cache before a store that knows one token, in its own account and as an external key of `globex`. */
function makeCache() {
  const traffic = { lookUps: 0 };
  const cache = makeCredentialCache(
    { find: (hashes) => Promise.resolve(hashes[0] === 'known' ? credential : undefined) },
    5000,
    traffic,
    unlimited,
  );
  const find = async (hash: string, account?: string) => {
    const before = traffic.lookUps;
    const found = await cache.find([hash], account);
    return { found, asked: traffic.lookUps > before };
  };
  return { cache, find };
}

describe('the credential cache', () => {
  it('asks the store once about a token, also about one that is wrong', async () => {
    const { find } = makeCache();
    expect(await find('known')).toEqual({ found: credential, asked: true });
    expect(await find('known')).toEqual({ found: credential, asked: false });
    expect(await find('wrong')).toEqual({ found: undefined, asked: true });
    expect(await find('wrong')).toEqual({ found: undefined, asked: false });
  });

  it('keeps a good credential through a flood of wrong tokens', async () => {
    const { find } = makeCache();
    await find('known');
    for (let wrong = 0; wrong < 50_000; wrong += 1) await find(`wrong ${String(wrong)}`);
    expect((await find('known')).asked).toBe(false);
  });

  it('asks the store about few at the same time, however many unknown tokens come at once, and turns away whom it has no room for', async () => {
    let running = 0;
    let most = 0;
    const cache = makeCredentialCache(
      {
        async find() {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return undefined;
        },
      },
      5000,
      { lookUps: 0 },
      unlimited,
    );
    const flood = Array.from({ length: 2000 }, (_, wrong) => cache.find([String(wrong)]));
    const ends = await Promise.allSettled(flood);
    const turnedAway = ends.filter(({ status }) => status === 'rejected').length;
    expect([most, turnedAway]).toEqual([4, 996]);
    expect(await cache.find(['later'])).toBeUndefined();
  });

  it('asks for who is over the limit one after the other, so that others need not wait, and refuses what nobody knows', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const noted: string[] = [];
    const cache = makeCredentialCache(
      {
        async find([hash = '']) {
          asked.push(hash);
          await new Promise<void>((resolve) => answers.push(resolve));
          return hash === 'known' ? credential : undefined;
        },
      },
      5000,
      { lookUps: 0 },
      { wait: (from) => (from === 'over' ? 7 : 0), note: (from) => void noted.push(from) },
    );
    const see = async (hash: string, from: string) => cache.see([hash], undefined, () => from);
    const flood = ['one', 'two', 'known'].map((hash) => see(hash, 'over'));
    const other = see('other', 'elsewhere');
    const ends = Promise.allSettled(flood);
    expect(asked).toEqual(['one', 'other']);
    while (asked.length < 4) {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const answer of answers) answer();
    expect(await ends).toMatchObject([
      { reason: { name: 'LimitedError', retryAfter: 7 } },
      { reason: { name: 'LimitedError', retryAfter: 7 } },
      { value: { value: credential } },
    ]);
    expect((await other).positive).toBe(false);
    expect(noted.toSorted()).toEqual(['elsewhere', 'over', 'over']);
  });

  it('asks again when the key changed, in every account', async () => {
    const { cache, find } = makeCache();
    await find('known');
    await find('known', 'globex');
    cache.changed({ accountId: 'acme-id', keyId: 'key' });
    expect((await find('known')).asked).toBe(true);
    expect((await find('known', 'globex')).asked).toBe(true);
  });

  it('asks again about an account’s keys when its roles changed, and about external keys whoever’s roles did', async () => {
    const { cache, find } = makeCache();
    await find('known');
    await find('known', 'globex');
    cache.changed({ accountId: 'globex-id', keyId: null });
    expect((await find('known')).asked).toBe(false);
    expect((await find('known', 'globex')).asked).toBe(true);
    cache.changed({ accountId: 'acme-id', keyId: null });
    expect((await find('known')).asked).toBe(true);
  });

  it('asks again about everything when changes may have been missed', async () => {
    const { cache, find } = makeCache();
    await find('known');
    await find('wrong');
    cache.lost();
    expect((await find('known')).asked).toBe(true);
    expect((await find('wrong')).asked).toBe(true);
  });

  it('tells of a sighting whether it still holds', async () => {
    const { cache } = makeCache();
    const sighting = await cache.see(['known']);
    expect(cache.holds(sighting)).toBe(true);
    cache.changed({ accountId: 'acme-id', keyId: 'key' });
    expect(cache.holds(sighting)).toBe(false);
  });
});
