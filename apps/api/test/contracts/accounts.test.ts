import { expect, it } from 'vitest';
import { addAccount, makeMember, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the instance and its accounts', (contract) => {
  it('is claimed by exactly one of many, on any node', async () => {
    const { database, store } = contract();
    const other = await database.open();
    const people = Array.from({ length: 40 }, () => newId());
    const claims = await Promise.all(
      people.map((person, index) => (index % 2 === 0 ? store : other.store).instance.claim(person)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    const winner = people[claims.indexOf(true)];
    expect((await store.instance.read()).administratorId).toBe(winner);
    expect(await store.instance.claim(newId())).toBe(false);
  });

  it('recognises the secret it was made with, also while that is rotated, and no other', async () => {
    const { database, store } = contract();
    const { instance } = store;
    const other = (await database.open()).store.instance;
    expect(await instance.recognise(['first'])).toBe(true);
    expect(await other.recognise(['first'])).toBe(true);
    expect(await other.recognise(['another'])).toBe(false);
    expect(await instance.recognise(['second', 'first'])).toBe(true);
    expect(await instance.recognise(['second'])).toBe(true);
    expect(await instance.recognise(['first'])).toBe(false);
  });

  it('finds an account by its slug, exactly as it was added', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    expect(await store.accounts.findBySlug(account.slug)).toEqual(account);
    expect(await store.accounts.findBySlug('nobody')).toBeUndefined();
  });

  it('refuses a slug that is taken and writes nothing, and a transaction around it goes on', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const added = await store.transaction(async ({ accounts }) => {
      const taken = await accounts.add({ ...account, id: newId(), name: 'Other' });
      await accounts.saveSettings({ id: account.id, renewalPeriodMonths: 6 });
      return taken;
    });
    expect(added).toBe(false);
    expect(await store.accounts.findBySlug(account.slug)).toEqual({
      ...account,
      renewalPeriodMonths: 6,
    });
  });

  it('lists the accounts that a person is an active member of, by name', async () => {
    const { store } = contract();
    const personId = newId();
    const [zeta, alpha, invited] = [
      await addAccount(store, 'Zeta'),
      await addAccount(store, 'Alpha'),
      await addAccount(store, 'Invited'),
    ];
    const membership = { state: 'active', personId, joinedAt: start } as const;
    await store.members.save(makeMember(zeta, { membership }));
    await store.members.save(makeMember(alpha, { membership }));
    await store.members.save(
      makeMember(invited, {
        membership: { state: 'invited', invitationHash: newId(), expiresAt: start },
      }),
    );
    expect(await store.accounts.listForPerson(personId)).toEqual([alpha, zeta]);
  });
});
