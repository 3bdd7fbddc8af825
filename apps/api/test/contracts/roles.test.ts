import { expect, it } from 'vitest';
import { addAccount, addKey, addRole, makeMember, makeRole, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the roles', (contract) => {
  it('lists the predefined roles first, then by name whatever the case', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    await addRole(store, account, { name: 'beta' });
    await addRole(store, account, { name: 'Alpha' });
    await addRole(store, account, { name: 'Viewer', predefined: 'viewer' });
    await addRole(store, account, { name: 'Owner', predefined: 'owner' });
    const roles = await store.roles.list(account.id);
    expect(roles.map((role) => role.name)).toEqual(['Owner', 'Viewer', 'Alpha', 'beta']);
  });

  it('finds those of the ids that are roles of this account, exactly as they were saved', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const stranger = await addRole(store, await addAccount(store));
    const role = await addRole(store, account, {
      description: 'What "it" does: 100 %',
      permissions: ['a.b', 'c'],
    });
    expect(await store.roles.findMany(account.id, [role.id, stranger.id, newId()])).toEqual([role]);
    expect(await store.roles.findMany(account.id, [])).toEqual([]);
    expect(await store.roles.list(account.id)).toEqual([role]);
  });

  it('refuses a name that another role of the account has, whatever the case, and writes nothing', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account, { name: 'Ärger' });
    const other = await addRole(store, account, { name: 'Other' });
    const outcome = await store.transaction(async ({ roles }) => [
      await roles.save(makeRole(account, { name: 'äRGER' })),
      await roles.save({ ...other, name: 'ärger', permissions: [] }),
      await roles.save({ ...role, name: 'ÄRGER' }),
    ]);
    expect(outcome).toEqual([false, false, true]);
    expect(await store.roles.list(account.id)).toEqual([other, { ...role, name: 'ÄRGER' }]);
    expect(await store.roles.save(makeRole(await addAccount(store), { name: 'Ärger' }))).toBe(true);
  });

  it('lets exactly one of many simultaneous roles have a name', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const saved = await Promise.all(
      Array.from({ length: 20 }, () =>
        store.transaction(({ roles }) => roles.save(makeRole(account, { name: 'Only' }))),
      ),
    );
    expect(saved.filter(Boolean)).toHaveLength(1);
  });

  it('knows which keys, external keys and members have the role', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const used = async () => {
      const role = await addRole(store, account);
      return {
        role,
        isUsed: () => store.roles.isUsed(account.id, role.id),
        users: () => store.roles.countUsers(account.id, role.id),
      };
    };
    const [byKey, byExternalKey, byMember, unused] = [
      await used(),
      await used(),
      await used(),
      await used(),
    ];
    await addKey(store, account, { roleIds: [byKey.role.id] });
    await store.externalKeys.add({
      id: newId(),
      accountId: account.id,
      keyId: newId(),
      key: 'lk-other-12345678',
      owner: 'other',
      roleIds: [byExternalKey.role.id],
      addedAt: start,
      version: 1,
    });
    await store.members.save(makeMember(account, { roleIds: [byMember.role.id] }));
    expect([
      await byKey.isUsed(),
      await byExternalKey.isUsed(),
      await byMember.isUsed(),
      await unused.isUsed(),
    ]).toEqual([true, true, true, false]);
    await addKey(store, account, { roleIds: [byKey.role.id, byMember.role.id] });
    expect(await byKey.users()).toEqual({ keys: 2, externalKeys: 0, members: 0 });
    expect(await byExternalKey.users()).toEqual({ keys: 0, externalKeys: 1, members: 0 });
    expect(await byMember.users()).toEqual({ keys: 1, externalKeys: 0, members: 1 });
    expect(await unused.users()).toEqual({ keys: 0, externalKeys: 0, members: 0 });
  });

  it('removes a role of this account, and none that is used or another account’s', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account);
    await store.roles.remove((await addAccount(store)).id, role.id);
    expect(await store.roles.list(account.id)).toEqual([role]);
    const key = await addKey(store, account, { roleIds: [role.id] });
    await expect(store.roles.remove(account.id, role.id)).rejects.toThrow(/foreign key/i);
    await store.keys.remove(account.id, key.id);
    await store.roles.remove(account.id, role.id);
    expect(await store.roles.list(account.id)).toEqual([]);
  });
});
