import { expect, it } from 'vitest';
import { addAccount, addKey, later, makeKey, makeLink, makeToken, newId } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';
import { redeemInProcesses } from './redeem-in-processes.ts';

onEachEngine('the links', (contract) => {
  const addLink = async () => {
    const { store } = contract();
    const account = await addAccount(store, 'Acme & Sons');
    const key = await addKey(store, account, { name: 'Billing' });
    if (!key.link) throw new Error('The key has a link.');
    return { account, key, link: key.link };
  };

  it('finds a link by any of its hashes, with the key and account that it belongs to', async () => {
    const { store } = contract();
    const { account, key, link } = await addLink();
    expect(await store.links.findByHash([newId(), link.hash])).toEqual({
      id: link.id,
      accountId: account.id,
      keyId: key.id,
      tokenId: key.currentToken.id,
      state: 'unread',
      expiresAt: link.expiresAt,
      key: key.key,
      keyName: 'Billing',
      accountName: 'Acme & Sons',
      accountSlug: account.slug,
      ciphertext: link.fate.state === 'unread' ? link.fate.ciphertext : null,
    });
    expect(await store.links.findByHash([newId()])).toBeUndefined();
  });

  it('is redeemed once: the ciphertext is gone, the token delivered, time and address known', async () => {
    const { store } = contract();
    const { account, key, link } = await addLink();
    expect(await store.links.redeem(link.id, later(3), '192.0.2.7')).toBeDefined();
    expect(await store.links.redeem(link.id, later(4), '192.0.2.8')).toBeUndefined();
    expect(await store.links.findByHash([link.hash])).toMatchObject({
      state: 'redeemed',
      ciphertext: null,
    });
    const redeemed = await store.keys.find(account.id, key.id);
    expect(redeemed?.link?.fate).toEqual({ state: 'redeemed', at: later(3), from: '192.0.2.7' });
    expect(redeemed?.currentToken.deliveredAt).toEqual(later(3));
  });

  it('cannot be redeemed from the moment it expires, nor when it was withdrawn or never was', async () => {
    const { store } = contract();
    const expiring = await addLink();
    expect(
      await store.links.redeem(expiring.link.id, expiring.link.expiresAt, null),
    ).toBeUndefined();
    const lastMoment = new Date(expiring.link.expiresAt.getTime() - 1);
    expect(await store.links.redeem(expiring.link.id, lastMoment, null)).toBeDefined();

    const { key, link } = await addLink();
    await store.keys.save({ ...key, link: { ...link, fate: { state: 'withdrawn' } } });
    expect(await store.links.redeem(link.id, later(1), null)).toBeUndefined();
    expect(await store.links.redeem(newId(), later(1), null)).toBeUndefined();
  });

  it('is redeemed by exactly one of 300 at the same time on three nodes', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store, (await database.open()).store];
    const { link } = await addLink();
    const won = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        (nodes[index % 3] ?? store).transaction(async ({ links }) => {
          const found = await links.findByHash([link.hash]);
          const first = await links.redeem(link.id, later(1), null);
          return first ? found?.ciphertext : undefined;
        }),
      ),
    );
    const tokens = won.filter((ciphertext) => ciphertext !== undefined);
    expect(tokens).toEqual([link.fate.state === 'unread' ? link.fate.ciphertext : null]);
  });

  it('is redeemed by exactly one of 300 that ask the store directly', async () => {
    const { store } = contract();
    const { link } = await addLink();
    const won = await Promise.all(
      Array.from({ length: 300 }, () => store.links.redeem(link.id, later(1), null)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('is redeemed by exactly one of 150 in three processes', async () => {
    const { database } = contract();
    const { link } = await addLink();
    const winners = await redeemInProcesses(database.url, link.id, { processes: 3, each: 50 });
    expect(winners).toBe(1);
  });

  it('is withdrawn or redeemed, never both', async () => {
    const { store } = contract();
    for (let round = 0; round < 10; round += 1) {
      const { account, key, link } = await addLink();
      const [won] = await Promise.all([
        store.transaction(({ links }) => links.redeem(link.id, later(1), null)),
        store.transaction(async ({ keys }) => {
          const found = await keys.find(account.id, key.id);
          if (found?.link?.fate.state !== 'unread') return;
          await keys.save({ ...found, link: { ...found.link, fate: { state: 'withdrawn' } } });
        }),
      ]);
      const after = await store.links.findByHash([link.hash]);
      expect(after?.state).toBe(won ? 'redeemed' : 'withdrawn');
    }
  });

  it('notes an attempt on a redeemed link once a minute, for one of many', async () => {
    const { store } = contract();
    const { link } = await addLink();
    expect(await store.links.noteAttempt(link.id, later(1))).toBe(false);
    await store.links.redeem(link.id, later(1), null);
    const attempts = await Promise.all(
      Array.from({ length: 20 }, () => store.links.noteAttempt(link.id, later(2))),
    );
    expect(attempts.filter(Boolean)).toHaveLength(1);
    expect(await store.links.noteAttempt(link.id, later(2.9))).toBe(false);
    expect(await store.links.noteAttempt(link.id, later(3))).toBe(true);
  });

  it('erases the ciphertexts of expired links, each once on however many nodes', async () => {
    const { store, database } = contract();
    const other = await database.open();
    await store.links.eraseExpired(later(100_000));
    const account = await addAccount(store);
    const keyWith = async (expiresAt: Date) => {
      const currentToken = makeToken();
      const link = makeLink(currentToken, { expiresAt });
      await store.keys.add(makeKey(account, { currentToken, link }));
      return link;
    };
    const expired = [await keyWith(later(5)), await keyWith(later(6))];
    const open = await keyWith(later(6.1));
    const erased = await Promise.all([
      store.links.eraseExpired(later(6)),
      other.store.links.eraseExpired(later(6)),
    ]);
    expect(erased[0] + erased[1]).toBe(2);
    for (const link of expired) {
      expect(await store.links.findByHash([link.hash])).toMatchObject({
        state: 'unread',
        ciphertext: null,
      });
    }
    expect((await store.links.findByHash([open.hash]))?.ciphertext).not.toBeNull();
  });
});
