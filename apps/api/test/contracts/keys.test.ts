import { expect, it } from 'vitest';
import {
  addAccount,
  addKey,
  addRole,
  later,
  makeEvent,
  makeKey,
  makeLink,
  makeToken,
  newId,
  renewed,
  start,
} from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the keys', (contract) => {
  it('gives a key back exactly as it was added', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const roleIds = [(await addRole(store, account)).id, (await addRole(store, account)).id];
    const plain = await addKey(store, account, { roleIds, expiresAt: later(1), name: 'Ünï "1%"' });
    expect(await store.keys.find(account.id, plain.id)).toEqual(plain);

    const imported = await addKey(store, account, {
      link: null,
      status: 'inactive',
      lastUsedAt: later(5),
      currentToken: makeToken({ deliveredAt: start, lastUsedAt: later(5) }),
    });
    expect(await store.keys.find(account.id, imported.id)).toEqual(imported);

    const pending = await addKey(store, account, renewed(makeKey(account), later(100)));
    expect(await store.keys.find(account.id, pending.id)).toEqual(pending);
  });

  it('shows no account the keys of another', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const other = await addAccount(store);
    const key = await addKey(store, account);
    expect(await store.keys.find(other.id, key.id)).toBeUndefined();
    await store.keys.remove(other.id, key.id);
    expect(await store.keys.find(account.id, key.id)).toEqual(key);
    await expect(store.keys.save({ ...key, accountId: other.id })).rejects.toThrow(
      'There is no key',
    );
  });

  it('finds keys by what credentials name them, beside whatever else callers make up', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const { id, key, name } = await addKey(store, account);
    const found = [{ accountId: account.id, id, key, name }];
    const madeUp = ['a\0b', '\0', '\uD800', '', "' or 1=1 --", 'x'.repeat(200)];
    expect(await store.keys.findByIdentifiers([...madeUp, key])).toEqual(found);
    expect(await store.keys.findByIdentifiers(madeUp)).toEqual([]);
  });

  it('never issues an identifier again, not even that of a deleted key', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const again = makeKey(account, { key: key.key });
    expect(await store.keys.add(again)).toBe(false);
    expect(await store.keys.find(account.id, again.id)).toBeUndefined();
    await store.keys.remove(account.id, key.id);
    expect(await store.transaction(({ keys }) => keys.add(again))).toBe(false);

    const wanted = Array.from({ length: 20 }, () =>
      makeKey(account, { key: `lk-${account.slug}-SAMESAME` }),
    );
    const added = await Promise.all(wanted.map((one) => store.keys.add(one)));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('saves a renewal, its undoing, and its completion', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);

    const pending = renewed(key, later(90));
    await store.keys.save(pending);
    expect(await store.keys.find(account.id, key.id)).toEqual(pending);
    expect(await store.credentials.find([key.currentToken.hash])).toBeDefined();
    expect(await store.credentials.find([pending.currentToken.hash])).toBeDefined();

    const undone = {
      ...pending,
      currentToken: key.currentToken,
      renewal: { state: 'none' } as const,
      link: pending.link && { ...pending.link, fate: { state: 'withdrawn' } as const },
      version: 3,
    };
    await store.keys.save(undone);
    expect(await store.keys.find(account.id, key.id)).toEqual(undone);
    expect(await store.credentials.find([pending.currentToken.hash])).toBeUndefined();

    const again = renewed(undone);
    await store.keys.save(again);
    const completed = { ...again, renewal: { state: 'none' } as const, version: 5 };
    await store.keys.save(completed);
    expect(await store.keys.find(account.id, key.id)).toEqual(completed);
    expect(await store.credentials.find([key.currentToken.hash])).toBeUndefined();
    expect(await store.credentials.find([again.currentToken.hash])).toBeDefined();
  });

  it('replaces an undelivered token and leaves nothing to read behind its link', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const currentToken = makeToken({ createdAt: later(2000) });
    const link = makeLink(currentToken, { expiresAt: later(4000) });
    await store.keys.save({ ...key, currentToken, link });
    const before = await store.links.findByHash([key.link?.hash ?? '']);
    expect(before).toMatchObject({ state: 'withdrawn', ciphertext: null });
    expect(await store.links.redeem(key.link?.id ?? '', start, null)).toBeUndefined();
    expect((await store.keys.find(account.id, key.id))?.link).toEqual(link);
  });

  it('changes roles to exactly those of the key', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const [a, b, c] = [
      (await addRole(store, account)).id,
      (await addRole(store, account)).id,
      (await addRole(store, account)).id,
    ];
    const key = await addKey(store, account, { roleIds: [a, b] });
    for (const roleIds of [[b, c], [], [a, b, c]]) {
      await store.keys.save({ ...key, roleIds });
      expect((await store.keys.find(account.id, key.id))?.roleIds).toEqual(roleIds);
    }
    const foreign = await addRole(store, await addAccount(store));
    await expect(store.keys.save({ ...key, roleIds: [foreign.id] })).rejects.toThrow(
      /foreign key/i,
    );
  });

  it('leaves the last use alone when a key is saved', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const tokenId = key.currentToken.id;
    await store.keys.addUsage([
      { tokenId, keyId: key.id, day: '2026-03-31', count: 1, lastUsedAt: later(7) },
    ]);
    await store.keys.save({ ...key, name: 'Renamed' });
    const saved = await store.keys.find(account.id, key.id);
    expect(saved).toMatchObject({ name: 'Renamed', lastUsedAt: later(7) });
    expect(saved?.currentToken.lastUsedAt).toEqual(later(7));
  });

  it('does simultaneous changes of one key one after the other, on any node', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store, (await database.open()).store];
    const account = await addAccount(store);
    const key = await addKey(store, account);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (nodes[index % 3] ?? store).transaction(async ({ keys }) => {
          const found = await keys.find(account.id, key.id);
          if (found) await keys.save({ ...found, version: found.version + 1 });
        }),
      ),
    );
    expect((await store.keys.find(account.id, key.id))?.version).toBe(61);
  });

  it('leaves nothing half-written when a transaction throws', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const fresh = makeKey(account);
    const failing = store.transaction(async ({ keys, audit }) => {
      await keys.save(renewed(key));
      await keys.add(fresh);
      await audit.append(makeEvent(account, await audit.head(account.id)));
      throw new Error('The power fails.');
    });
    await expect(failing).rejects.toThrow('The power fails.');
    expect(await store.keys.find(account.id, key.id)).toEqual(key);
    expect(await store.keys.find(account.id, fresh.id)).toBeUndefined();
    expect(await store.audit.head(account.id)).toEqual({ sequence: 0, hash: '' });
    expect(await store.keys.add(fresh)).toBe(true);
  });

  it('keeps what was written before a refusal', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    await store.transaction(async ({ audit }) => {
      await audit.append(makeEvent(account, await audit.head(account.id)));
      return { ok: false };
    });
    expect((await store.audit.head(account.id)).sequence).toBe(1);
  });

  it('deletes a key with its tokens, links and usage, and keeps its audit events', async () => {
    const { store, kysely } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account);
    const key = await addKey(store, account, { roleIds: [role.id] });
    await store.keys.addUsage([
      {
        tokenId: key.currentToken.id,
        keyId: key.id,
        day: '2026-03-31',
        count: 3,
        lastUsedAt: later(1),
      },
    ]);
    await store.audit.append(
      makeEvent(account, await store.audit.head(account.id), { keyId: key.id }),
    );
    await store.keys.remove(account.id, key.id);
    expect(await store.keys.find(account.id, key.id)).toBeUndefined();
    expect(await store.credentials.find([key.currentToken.hash])).toBeUndefined();
    expect(await store.links.findByHash([key.link?.hash ?? ''])).toBeUndefined();
    expect(await store.roles.isUsed(account.id, role.id)).toBe(false);
    for (const table of ['api_token', 'link', 'usage_day', 'api_key_role'] as const) {
      const rows = await kysely
        .selectFrom(table)
        .selectAll()
        .where('account_id', '=', account.id)
        .execute();
      expect(rows).toEqual([]);
    }
    const events = await store.audit.list({ accountId: account.id, keyId: key.id, limit: 10 });
    expect(events?.items).toHaveLength(1);
  });

  it('lists the renewals whose scheduled time has come and whose new token was delivered, of any account', async () => {
    const { store } = contract();
    const [one, two] = [await addAccount(store), await addAccount(store)];
    const due = await addKey(store, one, renewed(makeKey(one), later(10), later(61)));
    const dueNow = await addKey(store, two, renewed(makeKey(two), later(20), later(61)));
    await addKey(store, one, renewed(makeKey(one), later(21), later(61)));
    await addKey(store, one, renewed(makeKey(one), null, later(61)));
    await addKey(store, one, renewed(makeKey(one), later(5)));
    const expected = [
      { accountId: one.id, id: due.id },
      { accountId: two.id, id: dueNow.id },
    ];
    expect(await store.keys.listDueCompletions(later(20), 10)).toEqual(expected);
    expect(await store.keys.listDueCompletions(later(20), 1)).toEqual(expected.slice(0, 1));
  });

  it('refuses a key for an account that there is not', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const nowhere = { ...account, id: newId() };
    const key = makeKey(nowhere);
    await expect(store.keys.add(key)).rejects.toThrow(/foreign key/i);
    expect(await store.keys.add({ ...key, accountId: account.id })).toBe(true);
  });
});
