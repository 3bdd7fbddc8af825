import type { Account, ApiKey, ExternalKey } from '@latchkey/core';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { addAccount, addKey, addRole, later, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}

onEachEngine('the external keys', (contract) => {
  const grant = async (
    account: Account,
    owner: Account,
    key: ApiKey,
    given: Partial<ExternalKey> = {},
  ) => {
    const externalKey: ExternalKey = {
      id: newId(),
      accountId: account.id,
      keyId: key.id,
      key: key.key,
      owner: owner.slug,
      roleIds: [],
      addedAt: start,
      version: 1,
      ...given,
    };
    return { externalKey, added: await contract().store.externalKeys.add(externalKey) };
  };

  it('finds the key of another account by its identifier alone', async () => {
    const { store } = contract();
    const owner = await addAccount(store);
    const key = await addKey(store, owner, { status: 'inactive' });
    expect(await store.externalKeys.findOwnersKey(key.key)).toEqual({
      keyId: key.id,
      ownerId: owner.id,
      owner: owner.slug,
      status: 'inactive',
    });
    expect(await store.externalKeys.findOwnersKey('lk-nobody-12345678')).toBeUndefined();
  });

  it('lists the newest first, each with what its owner has made of it', async () => {
    const { store } = contract();
    const [account, owner] = [await addAccount(store), await addAccount(store)];
    const roleIds = [(await addRole(store, account)).id, (await addRole(store, account)).id];
    const keys = [
      await addKey(store, owner),
      await addKey(store, owner, { status: 'inactive' }),
      await addKey(store, owner),
    ];
    const grants = [];
    for (const [minutes, key] of keys.entries()) {
      const { externalKey } = await grant(account, owner, key, {
        roleIds,
        addedAt: later(minutes),
      });
      grants.push(externalKey);
    }
    await store.keys.remove(owner.id, keys[2]?.id ?? '');
    expect(await store.externalKeys.list(account.id)).toEqual([
      { externalKey: grants[2], status: 'deleted' },
      { externalKey: grants[1], status: 'inactive' },
      { externalKey: grants[0], status: 'active' },
    ]);
    expect(await store.externalKeys.list(owner.id)).toEqual([]);
  });

  it('walks a long list without gap or repetition, the first added first', async () => {
    const { store, kysely } = contract();
    const [account, owner] = [await addAccount(store), await addAccount(store)];
    const roleIds = [(await addRole(store, account)).id, (await addRole(store, account)).id];
    const key = await addKey(store, owner);
    const { externalKey: first } = await grant(account, owner, key, { roleIds });
    const more = Array.from({ length: 2300 }, () => ({ id: newId(), key_id: newId() }));
    for (let at = 0; at < more.length; at += 500) {
      const rows = more.slice(at, at + 500).map((ids) => ({
        ...ids,
        account_id: account.id,
        identifier: 'lk-gone-00000000',
        owner: owner.slug,
        added_at: start.getTime(),
        version: 1,
      }));
      await kysely.insertInto('external_key').values(rows).execute();
    }
    const walked = await all(store.externalKeys.walk(account.id));
    expect(walked.map(({ externalKey }) => externalKey.id)).toEqual([
      first.id,
      ...more.map(({ id }) => id),
    ]);
    expect(walked[0]).toEqual({ externalKey: first, status: 'active' });
    expect(walked[1]).toMatchObject({ externalKey: { roleIds: [] }, status: 'deleted' });
    const keyIds = await all(store.externalKeys.keyIds(account.id));
    expect(keyIds.toSorted()).toEqual([key.id, ...more.map(({ key_id }) => key_id)].toSorted());
    expect(await all(store.externalKeys.keyIds(owner.id))).toEqual([]);
  });

  it('grants to a key once', async () => {
    const { store } = contract();
    const [account, owner] = [await addAccount(store), await addAccount(store)];
    const key = await addKey(store, owner);
    const grants = await Promise.all(Array.from({ length: 10 }, () => grant(account, owner, key)));
    expect(grants.filter(({ added }) => added)).toHaveLength(1);
    expect(await store.externalKeys.list(account.id)).toHaveLength(1);
    expect((await grant(await addAccount(store), owner, key)).added).toBe(true);
  });

  it('saves roles and version, and removes, in its own account alone', async () => {
    const { store } = contract();
    const [account, owner] = [await addAccount(store), await addAccount(store)];
    const { externalKey } = await grant(account, owner, await addKey(store, owner));
    const edited = { ...externalKey, roleIds: [(await addRole(store, account)).id], version: 2 };
    await store.externalKeys.saveRoles(edited);
    const found = { externalKey: edited, status: 'active' };
    expect(await store.externalKeys.find(account.id, edited.id)).toEqual(found);
    expect(await store.externalKeys.find(owner.id, edited.id)).toBeUndefined();
    await store.externalKeys.remove(owner.id, edited.id);
    expect(
      await store.transaction(({ externalKeys }) => externalKeys.find(account.id, edited.id)),
    ).toEqual(found);
    await store.externalKeys.remove(account.id, edited.id);
    expect(await store.externalKeys.find(account.id, edited.id)).toBeUndefined();
  });

  it('takes no role of another account', async () => {
    const { store } = contract();
    const [account, owner] = [await addAccount(store), await addAccount(store)];
    const foreign = await addRole(store, owner);
    const key = await addKey(store, owner);
    await expect(grant(account, owner, key, { roleIds: [foreign.id] })).rejects.toThrow(
      /foreign key/i,
    );
    expect(await store.externalKeys.list(account.id)).toEqual([]);
  });

  it('are listed however many there are, each with its roles', async () => {
    const { store, kysely } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account);
    // More than either engine takes parameters in a statement.
    const count = 66_000;
    await sql`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
      insert into external_key (account_id, id, key_id, identifier, owner, added_at, version)
      select ${account.id}, 'e' || i, 'k' || i, 'lk-partner-' || i, 'partner', i, 1 from n
    `.execute(kysely);
    await sql`
      insert into external_key_role (account_id, external_key_id, role_id)
      select account_id, id, ${role.id} from external_key where account_id = ${account.id}
    `.execute(kysely);
    const listed = await store.externalKeys.list(account.id);
    expect(listed).toHaveLength(count);
    expect(listed.every(({ externalKey }) => externalKey.roleIds[0] === role.id)).toBe(true);
  });
});
