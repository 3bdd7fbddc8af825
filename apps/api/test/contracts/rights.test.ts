import {
  changeSettings,
  enterAccount,
  generateKey,
  makeKeyring,
  predefinedRoles,
  type Call,
  type Ports,
  type Principal,
  type Repositories,
  type Store,
} from '@latchkey/core';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { addAccount, addKey, addRole, later, makeMember, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

const noKey = { name: 'Never made', roleIds: [], expiresAt: null };

function neverNeeded(): never {
  throw new Error('No transaction is needed.');
}

function makePorts(store: Store, now = start): Ports {
  return {
    store,
    clock: { now: () => now },
    crypto: nodeCrypto,
    keyring: makeKeyring(nodeCrypto, [nodeCrypto.randomBytes(32)]),
    usage: { count: () => undefined },
    newId,
    settings: {
      publicUrl: 'https://keys.example',
      tokenPrefix: 'lk',
      importedTokens: false,
      mails: true,
    },
  };
}

onEachEngine('what an actor may do', (contract) => {
  /** An account with a member and a key that hold everything but are no owners. */
  async function addActors() {
    const { store } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account, { permissions: predefinedRoles[0].permissions });
    const member = makeMember(account, { roleIds: [role.id] });
    await store.members.save(member);
    const key = await addKey(store, account, { roleIds: [role.id] });
    const personId = member.membership.state === 'active' ? member.membership.personId : '';
    const enter = async (principal: Principal): Promise<Call> => {
      const entered = await enterAccount(makePorts(store), principal, account.slug);
      if (!entered.ok) throw new Error(entered.refusal.detail);
      return { ...entered.value, from: null };
    };
    return {
      account,
      role,
      member,
      key,
      asMember: () => enter({ kind: 'person', id: personId, email: member.email, name: '' }),
      asKey: () => enter({ kind: 'key', id: key.id, key: key.key, owner: account.slug }),
    };
  }
  type Actors = Awaited<ReturnType<typeof addActors>>;

  /** What a request is answered that waits for its turn while something else is changed. */
  async function answerAfter(
    actors: Actors,
    call: Call,
    changed: (repositories: Repositories) => Promise<unknown>,
  ) {
    const { store } = contract();
    let queued: ReturnType<typeof generateKey> | undefined;
    await store.transaction(async (repositories) => {
      await repositories.audit.head(actors.account.id);
      queued = generateKey(makePorts(store), call, noKey);
      await changed(repositories);
    });
    const answered = await queued;
    return answered?.ok === true ? 'OK' : answered?.refusal.code;
  }

  it('is read again when their turn has come, after a wait for other changes', async () => {
    const actors = await addActors();
    const { account, key, member, role } = actors;
    const [byMember, byKey] = [await actors.asMember(), await actors.asKey()];
    expect(await answerAfter(actors, byMember, () => Promise.resolve())).toBe('OK');
    expect(await answerAfter(actors, byKey, () => Promise.resolve())).toBe('OK');

    const powerless = (repositories: Repositories) =>
      repositories.roles.save({ ...role, permissions: ['keys.view'] });
    expect(await answerAfter(actors, byMember, powerless)).toBe('FORBIDDEN');
    expect(await answerAfter(actors, byKey, powerless)).toBe('FORBIDDEN');
    await contract().store.roles.save(role);

    const inactive = ({ keys }: Repositories) => keys.save({ ...key, status: 'inactive' });
    expect(await answerAfter(actors, byKey, inactive)).toBe('UNAUTHENTICATED');
    const expired = ({ keys }: Repositories) => keys.save({ ...key, expiresAt: start });
    expect(await answerAfter(actors, byKey, expired)).toBe('UNAUTHENTICATED');
    const deleted = ({ keys }: Repositories) => keys.remove(account.id, key.id);
    expect(await answerAfter(actors, byKey, deleted)).toBe('UNAUTHENTICATED');
    const removed = ({ members }: Repositories) => members.remove(account.id, member.id);
    expect(await answerAfter(actors, byMember, removed)).toBe('NOT_FOUND');
  });

  it('is told of in the log when it is too little, once a minute for each permission', async () => {
    const { store } = contract();
    const actors = await addActors();
    await store.roles.save({ ...actors.role, permissions: [] });
    const [byMember, byKey] = [await actors.asMember(), await actors.asKey()];
    const tryAll = async (minutes: number) => {
      const ports = makePorts(store, later(minutes));
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          await generateKey(ports, byMember, noKey);
          await generateKey(ports, byKey, noKey);
          await changeSettings(ports, byMember, { renewalPeriodMonths: 6 });
        }),
      );
      const page = await store.audit.list({ accountId: actors.account.id, limit: 100 });
      return page?.items.map(({ action, actor, subject }) => `${action} ${actor.kind} ${subject}`);
    };
    const each = [
      'access.refused key keys.edit',
      'access.refused member keys.edit',
      'access.refused member keys.settings',
    ];
    expect((await tryAll(0))?.sort()).toEqual(each);
    expect((await tryAll(0.9))?.sort()).toEqual(each);
    expect((await tryAll(1))?.sort()).toEqual([...each, ...each].sort());
  });

  it('holds up nobody when it is too little again and again', async () => {
    const { store } = contract();
    const actors = await addActors();
    await store.roles.save({ ...actors.role, permissions: [] });
    const call = await actors.asMember();
    const ports = makePorts(store);
    await generateKey(ports, call, noKey);
    const withoutTransactions = { ...store, transaction: neverNeeded };
    const refused = await generateKey({ ...ports, store: withoutTransactions }, call, noKey);
    expect(refused).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
  });
});
