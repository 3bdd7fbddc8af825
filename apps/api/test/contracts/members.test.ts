import type { Member } from '@latchkey/core';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { addAccount, addRole, later, makeMember, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the members', (contract) => {
  const invite = (): Member['membership'] => ({
    state: 'invited',
    invitationHash: newId(),
    expiresAt: later(60),
  });

  it('gives members back exactly as they were saved, by e-mail address', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const roleIds = [(await addRole(store, account)).id, (await addRole(store, account)).id];
    const active = makeMember(account, { email: 'b@example.com', roleIds });
    const invited = makeMember(account, { email: 'a@example.com', membership: invite(), name: '' });
    await store.members.save(active);
    await store.members.save(invited);
    expect(await store.members.list(account.id)).toEqual([invited, active]);
    expect(await store.members.find(account.id, active.id)).toEqual(active);
    const personId = active.membership.state === 'active' ? active.membership.personId : '';
    expect(await store.members.findByPerson(account.id, personId)).toEqual(active);
  });

  it('shows no account the members of another', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const other = await addAccount(store);
    const member = makeMember(account);
    await store.members.save(member);
    expect(await store.members.list(other.id)).toEqual([]);
    expect(await store.members.find(other.id, member.id)).toBeUndefined();
    await store.members.remove(other.id, member.id);
    expect(await store.members.find(account.id, member.id)).toEqual(member);
  });

  it('refuses an address that another member of the account has and writes nothing', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const member = makeMember(account, { email: 'ana@example.com' });
    await store.members.save(member);
    const again = makeMember(account, { email: 'ana@example.com' });
    expect(await store.transaction(({ members }) => members.save(again))).toBe(false);
    expect(await store.members.list(account.id)).toEqual([member]);
    const elsewhere = makeMember(await addAccount(store), { email: 'ana@example.com' });
    expect(await store.members.save(elsewhere)).toBe(true);
  });

  it('finds an invitation by any of its hashes until it is accepted', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const invited = makeMember(account, { membership: invite() });
    await store.members.save(invited);
    const hash =
      invited.membership.state === 'invited' ? invited.membership.invitationHash : newId();
    expect(await store.members.findByInvitation([newId(), hash])).toEqual({
      member: invited,
      account,
    });
    await store.members.save({
      ...invited,
      membership: { state: 'active', personId: newId(), joinedAt: start },
    });
    expect(await store.members.findByInvitation([hash])).toBeUndefined();
  });

  it('is accepted by exactly one of many at the same time', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store];
    const account = await addAccount(store);
    const invited = makeMember(account, { membership: invite() });
    await store.members.save(invited);
    const hash =
      invited.membership.state === 'invited' ? invited.membership.invitationHash : newId();
    const accepted = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        (nodes[index % 2] ?? store).transaction(async ({ members }) => {
          const found = await members.findByInvitation([hash]);
          if (!found) return false;
          const membership = { state: 'active', personId: newId(), joinedAt: start } as const;
          return members.save({ ...found.member, membership });
        }),
      ),
    );
    expect(accepted.filter(Boolean)).toHaveLength(1);
  });

  it('names a person anew in every account, and nobody else', async () => {
    const { store } = contract();
    const membership = { state: 'active', personId: newId(), joinedAt: start } as const;
    const [here, there] = [await addAccount(store), await addAccount(store)];
    const renamed = [makeMember(here, { membership }), makeMember(there, { membership })];
    const other = makeMember(here);
    for (const member of [...renamed, other]) await store.members.save(member);
    await store.members.rename(membership.personId, 'Ana María');
    for (const { accountId, id } of renamed) {
      expect(await store.members.find(accountId, id)).toMatchObject({ name: 'Ana María' });
    }
    expect(await store.members.find(here.id, other.id)).toEqual(other);
  });

  it('never loses the last owner, however many leave at the same time on any node', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store];
    const account = await addAccount(store);
    const owner = await addRole(store, account, { predefined: 'owner', name: 'Owner' });
    const owners = Array.from({ length: 10 }, () => makeMember(account, { roleIds: [owner.id] }));
    for (const member of owners) await store.members.save(member);
    await store.members.save(makeMember(account, { roleIds: [owner.id], membership: invite() }));
    expect(await store.members.countOwners(account.id)).toBe(10);
    await Promise.all(
      owners.map((member, index) =>
        (nodes[index % 2] ?? store).transaction(async ({ members, roles }) => {
          const found = await members.find(account.id, member.id);
          await roles.findMany(account.id, found?.roleIds ?? []);
          if ((await members.countOwners(account.id)) > 1) {
            await members.remove(account.id, member.id);
          }
        }),
      ),
    );
    expect(await store.members.countOwners(account.id)).toBe(1);
  });

  it('are listed however many there are, each with their roles', async () => {
    const { store, kysely } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account);
    // More than either engine takes parameters in a statement.
    const count = 66_000;
    await sql`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
      insert into member (account_id, id, email, name, created_at, person_id, joined_at)
      select ${account.id}, 'm' || i, i || '@example.com', '', i, 'p' || i, i from n
    `.execute(kysely);
    await sql`
      insert into member_role (account_id, member_id, role_id)
      select account_id, id, ${role.id} from member where account_id = ${account.id}
    `.execute(kysely);
    const listed = await store.members.list(account.id);
    expect(listed).toHaveLength(count);
    expect(listed.every(({ roleIds }) => roleIds[0] === role.id)).toBe(true);
  });
});
