import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { PasskeyRecord } from '../../src/contract/passkeys.ts';
import { addCredential, addPerson, later, newId, start } from './fixtures.ts';
import { onEachEngine, type Contract } from './on-each-engine.ts';

onEachEngine('the passkeys', (contract) => {
  const makePasskey = async (
    opened: Contract,
    given: Partial<PasskeyRecord> = {},
  ): Promise<PasskeyRecord> => ({
    id: newId(),
    personId: given.personId ?? (await addPerson(opened)),
    // As long as a credential's name may be.
    credentialId: randomBytes(1023).toString('base64url'),
    publicKey: new Uint8Array(randomBytes(77)),
    counter: 0,
    transports: ['internal', 'hybrid'],
    name: 'Chave de São Paulo',
    createdAt: start,
    lastUsedAt: null,
    ...given,
  });
  const newChallenge = () => ({ hash: newId(), expiresAt: later(10) });
  /** Adds a passkey, of somebody with a password unless told. */
  async function add(opened: Contract, given: Partial<PasskeyRecord> = {}) {
    const passkey = await makePasskey(opened, given);
    if (given.personId === undefined) await addCredential(opened, passkey.personId);
    expect(await opened.passkeys.add(passkey, newChallenge(), [newId()])).toBeDefined();
    return passkey;
  }

  it('gives passkeys back as they were saved, the oldest first, to their person alone', async () => {
    const { passkeys } = contract();
    const second = await add(contract(), { createdAt: later(1), transports: [] });
    const { personId } = second;
    const first = await add(contract(), { personId, counter: 2 ** 32 - 1 });
    await add(contract());
    const listed = await passkeys.list(personId);
    expect(listed.map((one) => ({ ...one, publicKey: Buffer.from(one.publicKey) }))).toEqual(
      [first, second].map((one) => ({ ...one, publicKey: Buffer.from(one.publicKey) })),
    );
    expect(await passkeys.find(first.credentialId)).toMatchObject({ id: first.id, personId });
    expect(await passkeys.find(newId())).toBeUndefined();
    expect(await passkeys.list(newId())).toEqual([]);
  });

  it('gives a credential to one person alone, and takes the challenge of each once', async () => {
    const { passkeys } = contract();
    const challenge = newChallenge();
    const passkey = await makePasskey(contract());
    expect(await passkeys.add(passkey, challenge, [newId()])).toEqual({ recoveryCodesKept: true });
    const { credentialId } = passkey;
    const thief = await makePasskey(contract(), { credentialId });
    expect(await passkeys.add(thief, newChallenge(), [newId()])).toBeUndefined();
    const again = await makePasskey(contract());
    expect(await passkeys.add(again, challenge, [newId()])).toBeUndefined();
    expect(await passkeys.list(again.personId)).toEqual([]);
    expect(await passkeys.use({ credentialId, counter: 1 }, challenge, start)).toBe(false);
    expect(await passkeys.find(credentialId)).toMatchObject({ counter: 0, lastUsedAt: null });
  });

  it('lets one of many at the same time answer a challenge, on any node', async () => {
    const { database, passkeys } = contract();
    const nodes = [passkeys, (await database.open()).passkeys];
    const { credentialId } = await add(contract());
    const challenge = newChallenge();
    const used = await Promise.all(
      Array.from({ length: 20 }, async (_, place) =>
        (nodes[place % 2] ?? passkeys).use({ credentialId, counter: 0 }, challenge, later(1)),
      ),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await passkeys.find(credentialId)).toMatchObject({ lastUsedAt: later(1) });
  });

  it('takes no counter that does not go on, and none at all only while none was ever told', async () => {
    const { passkeys } = contract();
    const { credentialId } = await add(contract());
    const use = (counter: number) => passkeys.use({ credentialId, counter }, newChallenge(), start);
    expect([await use(0), await use(0), await use(7)]).toEqual([true, true, true]);
    expect([await use(7), await use(6), await use(0)]).toEqual([false, false, false]);
    expect(await passkeys.find(credentialId)).toMatchObject({ counter: 7 });
    expect(await use(2 ** 32 - 1)).toBe(true);
    const same = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const fresh = await add(contract());
        const twice = [1, 1].map((counter) =>
          passkeys.use({ credentialId: fresh.credentialId, counter }, newChallenge(), start),
        );
        return (await Promise.all(twice)).filter(Boolean).length;
      }),
    );
    expect(new Set(same)).toEqual(new Set([1]));
  });

  it('does not use a challenge up with a passkey that is not there or does not go on', async () => {
    const { passkeys } = contract();
    const { credentialId } = await add(contract(), { counter: 5 });
    const challenge = newChallenge();
    expect(await passkeys.use({ credentialId: newId(), counter: 1 }, challenge, start)).toBe(false);
    expect(await passkeys.use({ credentialId, counter: 5 }, challenge, start)).toBe(false);
    expect(await passkeys.use({ credentialId, counter: 6 }, challenge, start)).toBe(true);
  });

  it('forgets challenges when they have expired, and not before', async () => {
    const { passkeys } = contract();
    const { credentialId } = await add(contract());
    const challenge = newChallenge();
    const use = () => passkeys.use({ credentialId, counter: 0 }, challenge, start);
    expect(await use()).toBe(true);
    await passkeys.eraseExpiredChallenges(later(9));
    expect(await use()).toBe(false);
    await passkeys.eraseExpiredChallenges(later(10));
    expect(await use()).toBe(true);
  });

  it('renames and removes passkeys for their person alone', async () => {
    const { passkeys } = contract();
    const { id, personId } = await add(contract());
    const stranger = await add(contract());
    expect(await passkeys.rename(stranger.personId, id, 'Theirs')).toBe(false);
    expect(await passkeys.remove(stranger.personId, id, true)).toBe('none');
    expect(await passkeys.rename(personId, id, 'Laptop')).toBe(true);
    expect(await passkeys.list(personId)).toMatchObject([{ name: 'Laptop' }]);
    expect(await passkeys.remove(personId, id, true)).toBe('removed');
    expect(await passkeys.remove(personId, id, true)).toBe('none');
    expect(await passkeys.list(personId)).toEqual([]);
  });

  it('is a second factor, and shares the recovery codes with the app until the last of them goes', async () => {
    const { passkeys, secondFactors } = contract();
    const { id, personId } = await add(contract());
    expect(await secondFactors.find(personId)).toEqual({
      app: null,
      passkeys: 1,
      recoveryCodesLeft: 1,
    });
    const app = { personId, sealedSecret: new Uint8Array(60), createdAt: start };
    const added = await secondFactors.add(app, 1, [newId(), newId()]);
    expect(added).toEqual({ recoveryCodesKept: false });
    const other = await add(contract(), { personId });
    expect(await secondFactors.find(personId)).toMatchObject({ passkeys: 2, recoveryCodesLeft: 1 });
    await passkeys.remove(personId, id, true);
    await secondFactors.remove(personId);
    expect(await secondFactors.find(personId)).toMatchObject({ app: null, recoveryCodesLeft: 1 });
    await passkeys.remove(personId, other.id, true);
    expect(await secondFactors.find(personId)).toBeUndefined();
    expect(await secondFactors.add(app, 1, [newId()])).toEqual({ recoveryCodesKept: true });
    expect(await secondFactors.find(personId)).toMatchObject({ passkeys: 0, recoveryCodesLeft: 1 });
  });

  it('leaves no recovery code behind when the last two factors go at the same time', async () => {
    const { database, passkeys, secondFactors } = contract();
    const other = await database.open();
    for (let round = 0; round < 10; round += 1) {
      const { id, personId } = await add(contract());
      const app = { personId, sealedSecret: new Uint8Array(60), createdAt: start };
      await secondFactors.add(app, 1, []);
      await Promise.all([
        passkeys.remove(personId, id, true),
        other.secondFactors.remove(personId),
      ]);
      expect(await secondFactors.add(app, 1, [newId()])).toEqual({ recoveryCodesKept: true });
    }
  });
});
