import { expect, it } from 'vitest';
import { addCredential, addPerson, later, newId, start } from './fixtures.ts';
import { onEachEngine, type Contract } from './on-each-engine.ts';

const issuer = 'https://id.example.com';

onEachEngine('what a person signs in with', (contract) => {
  async function addPasskey({ passkeys }: Contract, personId: string): Promise<string> {
    const id = newId();
    const passkey = {
      id,
      personId,
      credentialId: newId(),
      publicKey: new Uint8Array(77),
      counter: 0,
      transports: [],
      name: 'Laptop',
      createdAt: start,
      lastUsedAt: null,
    };
    const challenge = { hash: newId(), expiresAt: later(10) };
    expect(await passkeys.add(passkey, challenge, [newId()])).toBeDefined();
    return id;
  }

  /** Somebody whom the provider alone lets in. */
  async function addConnected(opened: Contract): Promise<string> {
    const personId = await addPerson(opened);
    await addCredential(opened, personId, issuer);
    return personId;
  }

  it('lets a person with a password give up their identities, all of them', async () => {
    const { identities, kysely } = contract();
    const personId = await addConnected(contract());
    await addCredential(contract(), personId, 'https://former.example.com');
    await addCredential(contract(), personId);
    const stranger = await addConnected(contract());
    expect(await identities.forget(personId)).toBe('removed');
    expect(await identities.forget(personId)).toBe('none');
    const left = await kysely
      .selectFrom('person_credential')
      .select(['person_id', 'provider_id'])
      .where('person_id', 'in', [personId, stranger])
      .orderBy('provider_id')
      .execute();
    expect(left).toEqual([
      { person_id: personId, provider_id: 'credential' },
      { person_id: stranger, provider_id: issuer },
    ]);
  });

  it('lets nobody give up their only way in', async () => {
    const { identities, passkeys, secondFactors } = contract();
    const personId = await addConnected(contract());
    expect(await identities.forget(personId)).toBe('only-way-in');
    // An app goes with a password, and lets nobody in alone.
    const app = { personId, sealedSecret: new Uint8Array(60), createdAt: start };
    await secondFactors.add(app, 1, [newId()]);
    expect(await identities.forget(personId)).toBe('only-way-in');
    const first = await addPasskey(contract(), personId);
    // Where no provider is set up any more, an identity lets nobody in.
    expect(await passkeys.remove(personId, first, false)).toBe('only-way-in');
    expect(await identities.forget(personId)).toBe('removed');
    expect(await passkeys.remove(personId, first, true)).toBe('only-way-in');
    const second = await addPasskey(contract(), personId);
    expect(await passkeys.remove(personId, first, true)).toBe('removed');
    expect(await passkeys.list(personId)).toMatchObject([{ id: second }]);
  });

  it('lets a passkey go while the provider lets its person in', async () => {
    const { passkeys } = contract();
    const personId = await addConnected(contract());
    const id = await addPasskey(contract(), personId);
    expect(await passkeys.remove(personId, id, true)).toBe('removed');
  });

  it('leaves one of two ways in that are given up at the same time, on any node', async () => {
    const { database, identities, passkeys } = contract();
    const other = await database.open();
    for (let round = 0; round < 10; round += 1) {
      const personId = await addConnected(contract());
      const id = await addPasskey(contract(), personId);
      const given = await Promise.all([
        identities.forget(personId),
        other.passkeys.remove(personId, id, true),
      ]);
      expect(given.sort()).toEqual(['only-way-in', 'removed']);
      const second = await addConnected(contract());
      const both = [await addPasskey(contract(), second), await addPasskey(contract(), second)];
      await identities.forget(second);
      const removed = await Promise.all(
        both.map((passkey, place) =>
          (place === 0 ? passkeys : other.passkeys).remove(second, passkey, true),
        ),
      );
      expect(removed.sort()).toEqual(['only-way-in', 'removed']);
    }
  });
});
