import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { addPerson, newId, start } from './fixtures.ts';
import { onEachEngine, type Contract } from './on-each-engine.ts';

onEachEngine('the second factors', (contract) => {
  async function add(opened: Contract, hashes: readonly string[] = []) {
    const factor = {
      personId: await addPerson(opened),
      sealedSecret: new Uint8Array(randomBytes(60)),
      createdAt: start,
    };
    expect(await opened.secondFactors.add(factor, 100, [newId(), ...hashes])).toEqual({
      recoveryCodesKept: true,
    });
    return factor;
  }

  it('gives a second factor back as it was saved, to its person alone', async () => {
    const { secondFactors } = contract();
    const factor = await add(contract(), [newId()]);
    const found = await secondFactors.find(factor.personId);
    expect(found?.app).toMatchObject({ personId: factor.personId, createdAt: start });
    expect(Buffer.from(found?.app?.sealedSecret ?? []).equals(factor.sealedSecret)).toBe(true);
    expect(found?.recoveryCodesLeft).toBe(2);
    expect(await secondFactors.find(newId())).toBeUndefined();
  });

  it('keeps the first of two', async () => {
    const { secondFactors } = contract();
    const factor = await add(contract());
    const other = { ...factor, sealedSecret: new Uint8Array(60) };
    expect(await secondFactors.add(other, 1, [newId()])).toBeUndefined();
    expect(await secondFactors.find(factor.personId)).toMatchObject({ recoveryCodesLeft: 1 });
  });

  it('takes each time step once, and none before one that was taken, on any node', async () => {
    const { database, secondFactors } = contract();
    const nodes = [secondFactors, (await database.open()).secondFactors];
    const { personId } = await add(contract());
    expect(await secondFactors.takeStep(personId, 100)).toBe(false);
    const taken = await Promise.all(
      Array.from({ length: 20 }, async (_, place) =>
        (nodes[place % 2] ?? secondFactors).takeStep(personId, 101),
      ),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await secondFactors.takeStep(personId, 99)).toBe(false);
    expect(await secondFactors.takeStep(personId, 102)).toBe(true);
    expect(await secondFactors.takeStep(newId(), 103)).toBe(false);
  });

  it('lets one of many at the same time use a recovery code', async () => {
    const { database, secondFactors } = contract();
    const nodes = [secondFactors, (await database.open()).secondFactors];
    const hash = newId();
    const { personId } = await add(contract(), [hash]);
    const stranger = await add(contract());
    expect(await secondFactors.useRecoveryCode(stranger.personId, [hash])).toBe(false);
    const used = await Promise.all(
      Array.from({ length: 20 }, async (_, place) =>
        (nodes[place % 2] ?? secondFactors).useRecoveryCode(personId, [newId(), hash]),
      ),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await secondFactors.find(personId)).toMatchObject({ recoveryCodesLeft: 1 });
  });

  it('replaces recovery codes, and removes them with the second factor', async () => {
    const { secondFactors } = contract();
    const [before, after] = [newId(), newId()];
    const { personId } = await add(contract(), [before]);
    await secondFactors.replaceRecoveryCodes(personId, [after, newId(), newId()]);
    expect(await secondFactors.find(personId)).toMatchObject({ recoveryCodesLeft: 3 });
    expect(await secondFactors.useRecoveryCode(personId, [before])).toBe(false);
    await secondFactors.remove(personId);
    expect(await secondFactors.find(personId)).toBeUndefined();
    expect(await secondFactors.useRecoveryCode(personId, [after])).toBe(false);
  });
});
