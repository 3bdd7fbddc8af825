import type { ApiKey } from '@latchkey/core';
import { expect, it } from 'vitest';
import { addAccount, addKey, addRole, later, makeKey, newId, renewed, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the look-up of credentials', (contract) => {
  it('finds a token by any of its hashes, with its key, owner and roles', async () => {
    const { store } = contract();
    const owner = await addAccount(store);
    const role = await addRole(store, owner, { name: 'Reader', permissions: ['a.read', 'b'] });
    const bare = await addRole(store, owner, { name: 'Bare', permissions: [] });
    const key = await addKey(store, owner, {
      roleIds: [role.id, bare.id],
      expiresAt: later(9),
      status: 'inactive',
    });
    const found = await store.credentials.find([newId(), key.currentToken.hash]);
    expect(found).toEqual({
      tokenId: key.currentToken.id,
      keyId: key.id,
      key: key.key,
      name: key.name,
      owner: owner.slug,
      ownerId: owner.id,
      status: 'inactive',
      expiresAt: later(9),
      endsAt: null,
      roles: expect.arrayContaining([
        { name: 'Reader', permissions: ['a.read', 'b'] },
        { name: 'Bare', permissions: [] },
      ]) as unknown,
    });
    expect(found?.roles).toHaveLength(2);
    expect(await store.credentials.find([newId()])).toBeUndefined();
  });

  it('finds both tokens while a renewal is pending', async () => {
    const { store } = contract();
    const owner = await addAccount(store);
    const key = await addKey(store, owner, renewed(makeKey(owner)));
    const oldToken = key.renewal.state === 'pending' ? key.renewal.oldToken : key.currentToken;
    for (const token of [oldToken, key.currentToken]) {
      expect(await store.credentials.find([token.hash])).toMatchObject({
        tokenId: token.id,
        keyId: key.id,
        roles: [],
      });
    }
  });

  it('tells when an old token ends: at the scheduled completion, once the new one was delivered', async () => {
    const { store } = contract();
    const owner = await addAccount(store);
    const endsAt = async (key: ApiKey) => {
      const { renewal, currentToken } = await addKey(store, owner, key);
      const old = renewal.state === 'pending' ? renewal.oldToken : currentToken;
      const find = async (hash: string) => (await store.credentials.find([hash]))?.endsAt;
      return [await find(old.hash), await find(currentToken.hash)];
    };
    expect(await endsAt(renewed(makeKey(owner), later(90), later(61)))).toEqual([later(90), null]);
    expect(await endsAt(renewed(makeKey(owner), later(90)))).toEqual([null, null]);
    expect(await endsAt(renewed(makeKey(owner), null, later(61)))).toEqual([null, null]);
    const asked = await addKey(store, owner, renewed(makeKey(owner), later(90), later(61)));
    const old = asked.renewal.state === 'pending' ? asked.renewal.oldToken : asked.currentToken;
    expect(await store.credentials.find([old.hash], owner.slug)).toMatchObject({
      endsAt: later(90),
    });
  });

  it('gives the roles of the account that is asked for: the owner’s own, granted ones, or none', async () => {
    const { store } = contract();
    const [owner, granting, empty, stranger] = [
      await addAccount(store),
      await addAccount(store),
      await addAccount(store),
      await addAccount(store),
    ];
    const own = await addRole(store, owner, { name: 'Own' });
    const granted = await addRole(store, granting, { name: 'Granted', permissions: ['x'] });
    const key = await addKey(store, owner, { roleIds: [own.id] });
    for (const [account, roleIds] of [
      [granting, [granted.id]],
      [empty, []],
    ] as const) {
      await store.externalKeys.add({
        id: newId(),
        accountId: account.id,
        keyId: key.id,
        key: key.key,
        owner: owner.slug,
        roleIds,
        addedAt: start,
        version: 1,
      });
    }
    const rolesIn = async (account?: string) =>
      (await store.credentials.find([key.currentToken.hash], account))?.roles;
    const ownRoles = [{ name: 'Own', permissions: ['orders.read'] }];
    expect(await rolesIn()).toEqual(ownRoles);
    expect(await rolesIn(owner.slug)).toEqual(ownRoles);
    expect(await rolesIn(granting.slug)).toEqual([{ name: 'Granted', permissions: ['x'] }]);
    expect(await rolesIn(empty.slug)).toEqual([]);
    expect(await rolesIn(stranger.slug)).toBeNull();
    expect(await rolesIn('no-such-account')).toBeNull();
  });

  it('sees a changed role at the next look-up', async () => {
    const { store } = contract();
    const owner = await addAccount(store);
    const role = await addRole(store, owner, { permissions: ['a'] });
    const key = await addKey(store, owner, { roleIds: [role.id] });
    const read = async () =>
      (await store.credentials.find([key.currentToken.hash]))?.roles?.[0]?.permissions;
    expect(await read()).toEqual(['a']);
    await store.roles.save({ ...role, permissions: ['b'] });
    expect(await read()).toEqual(['b']);
  });
});
