import type { TokenUsage } from '@latchkey/core';
import { expect, it } from 'vitest';
import { addAccount, addKey, later, makeKey, newId, renewed } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the usage of tokens', (contract) => {
  const readCounts = async (tokenId: string) => {
    const rows = await contract()
      .kysely.selectFrom('usage_day')
      .select(['day', 'count'])
      .where('token_id', '=', tokenId)
      .orderBy('day')
      .execute();
    return Object.fromEntries(rows.map((row) => [row.day, row.count]));
  };

  it('adds to the counts of each day', async () => {
    const { store } = contract();
    const key = await addKey(store, await addAccount(store));
    const use = (day: string, count: number): TokenUsage => ({
      tokenId: key.currentToken.id,
      keyId: key.id,
      day,
      count,
      lastUsedAt: later(1),
    });
    await store.keys.addUsage([use('2026-03-31', 2), use('2026-04-01', 1), use('2026-03-31', 3)]);
    await store.keys.addUsage([use('2026-04-01', 10)]);
    await store.keys.addUsage([]);
    expect(await readCounts(key.currentToken.id)).toEqual({ '2026-03-31': 5, '2026-04-01': 11 });
  });

  it('moves the last use forward and never back', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account, renewed(makeKey(account)));
    const oldToken = key.renewal.state === 'pending' ? key.renewal.oldToken : key.currentToken;
    const use = (tokenId: string, minutes: number): TokenUsage => ({
      tokenId,
      keyId: key.id,
      day: '2026-03-31',
      count: 1,
      lastUsedAt: later(minutes),
    });
    await store.keys.addUsage([use(oldToken.id, 9), use(key.currentToken.id, 5)]);
    await store.keys.addUsage([use(oldToken.id, 3), use(key.currentToken.id, 6)]);
    const used = await store.keys.find(account.id, key.id);
    expect(used?.lastUsedAt).toEqual(later(9));
    expect(used?.currentToken.lastUsedAt).toEqual(later(6));
    expect(used?.renewal).toMatchObject({ oldToken: { lastUsedAt: later(9) } });
  });

  it('counts a token that is gone for its key, and passes over a key that is gone', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const use = { day: '2026-03-31', count: 1, lastUsedAt: later(4) };
    const gone = newId();
    await store.keys.addUsage([
      { ...use, tokenId: gone, keyId: key.id },
      { ...use, tokenId: newId(), keyId: newId() },
      { ...use, tokenId: key.currentToken.id, keyId: key.id, lastUsedAt: later(2) },
    ]);
    expect(await readCounts(gone)).toEqual({ '2026-03-31': 1 });
    expect(await readCounts(key.currentToken.id)).toEqual({ '2026-03-31': 1 });
    const used = await store.keys.find(account.id, key.id);
    expect(used?.currentToken.lastUsedAt).toEqual(later(2));
    expect(used?.lastUsedAt).toEqual(later(4));
  });

  it('tells a key’s days by token, those of a deleted token among them, and of no other key', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account, renewed(makeKey(account)));
    const other = await addKey(store, account);
    const oldToken = key.renewal.state === 'pending' ? key.renewal.oldToken : key.currentToken;
    const use = (keyId: string, tokenId: string, day: string, count: number): TokenUsage => ({
      tokenId,
      keyId,
      day,
      count,
      lastUsedAt: later(1),
    });
    await store.keys.addUsage([
      use(key.id, oldToken.id, '2026-03-30', 7),
      use(key.id, oldToken.id, '2026-03-31', 2),
      use(key.id, key.currentToken.id, '2026-03-31', 3),
      use(other.id, other.currentToken.id, '2026-03-31', 100),
    ]);
    await store.keys.save({ ...key, renewal: { state: 'none' } });
    const ofLastDay = [
      { day: '2026-03-31', tokenId: oldToken.id, count: 2 },
      { day: '2026-03-31', tokenId: key.currentToken.id, count: 3 },
    ].toSorted((a, b) => (a.tokenId < b.tokenId ? -1 : 1));
    expect(await store.keys.readUsage(account.id, key.id, '2026-03-30')).toEqual([
      { day: '2026-03-30', tokenId: oldToken.id, count: 7 },
      ...ofLastDay,
    ]);
    expect(await store.keys.readUsage(account.id, key.id, '2026-03-31')).toEqual(ofLastDay);
    expect(await store.keys.readUsage(newId(), key.id, '2026-03-30')).toEqual([]);
  });

  it('adds up what many nodes write at the same time, in batches of any size and order', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store];
    const account = await addAccount(store);
    const keys = [];
    for (let index = 0; index < 600; index += 1) keys.push(await addKey(store, account));
    const batch = keys.map((key) => ({
      tokenId: key.currentToken.id,
      keyId: key.id,
      day: '2026-03-31',
      count: 2,
      lastUsedAt: later(1),
    }));
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        (nodes[index % 2] ?? store).keys.addUsage(index % 3 === 0 ? batch : batch.toReversed()),
      ),
    );
    for (const key of [keys[0], keys[300], keys[599]]) {
      expect(await readCounts(key?.currentToken.id ?? '')).toEqual({ '2026-03-31': 12 });
    }
  });
});
