import { expect, it } from 'vitest';
import { addPerson, later, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the links of who forgot their password', (contract) => {
  const add = async (expiresAt = later(60)) => {
    const reset = { personId: await addPerson(contract()), hash: newId(), expiresAt };
    await contract().passwordResets.put(reset);
    return reset;
  };

  it('are found by any of the hashes, until they expire', async () => {
    const { passwordResets } = contract();
    const reset = await add();
    expect(await passwordResets.find([newId(), reset.hash], start)).toEqual(reset);
    expect(await passwordResets.find([newId(), reset.hash], later(59))).toEqual(reset);
    expect(await passwordResets.find([reset.hash], later(60))).toBeUndefined();
    expect(await passwordResets.find([newId()], start)).toBeUndefined();
  });

  it('are used once, and not when they have expired', async () => {
    const { passwordResets } = contract();
    const { hash, personId } = await add();
    expect(await passwordResets.use([hash], later(60))).toBeUndefined();
    expect(await passwordResets.use([newId(), hash], later(59))).toBe(personId);
    expect(await passwordResets.use([hash], later(59))).toBeUndefined();
    expect(await passwordResets.find([hash], start)).toBeUndefined();
  });

  it('are used by exactly one of 60 at the same time on three nodes', async () => {
    const { database, passwordResets } = contract();
    const nodes = [passwordResets];
    for (const _ of [1, 2]) nodes.push((await database.open()).passwordResets);
    const { hash, personId } = await add();
    const tries = Array.from({ length: 20 }, () => nodes).flat();
    const used = await Promise.all(tries.map((node) => node.use([hash], start)));
    expect(used.filter((found) => found !== undefined)).toEqual([personId]);
  });

  it('are worthless when there is a newer one of the same person, and of no other', async () => {
    const { passwordResets } = contract();
    const [older, other] = [await add(), await add()];
    const newer = { ...older, hash: newId(), expiresAt: later(90) };
    await passwordResets.put(newer);
    expect(await passwordResets.use([older.hash], start)).toBeUndefined();
    expect(await passwordResets.find([newer.hash], later(60))).toEqual(newer);
    expect(await passwordResets.find([other.hash], start)).toEqual(other);
  });

  it('leave one when many of one person are made at the same time', async () => {
    const { database, passwordResets } = contract();
    const nodes = [passwordResets, (await database.open()).passwordResets];
    const { personId } = await add();
    const made = Array.from({ length: 10 }, () => nodes).flat();
    const hashes = await Promise.all(
      made.map(async (node) => {
        const hash = newId();
        await node.put({ personId, hash, expiresAt: later(60) });
        return hash;
      }),
    );
    const found = await Promise.all(hashes.map((hash) => passwordResets.find([hash], start)));
    expect(found.filter((reset) => reset !== undefined)).toHaveLength(1);
  });

  it('are taken back, forgotten when they have expired, and go with their person', async () => {
    const { kysely, passwordResets } = contract();
    const isThere = async (hash: string) =>
      (await passwordResets.find([hash], start)) !== undefined;
    const [withdrawn, expired, theirs, kept] = [
      await add(),
      await add(later(10)),
      await add(),
      await add(later(11)),
    ];
    await passwordResets.withdraw(withdrawn.personId);
    await passwordResets.withdraw(withdrawn.personId);
    await passwordResets.eraseExpired(later(10));
    await kysely.deleteFrom('person').where('id', '=', theirs.personId).execute();
    const there = [withdrawn, expired, theirs, kept].map(({ hash }) => isThere(hash));
    expect(await Promise.all(there)).toEqual([false, false, false, true]);
  });
});
