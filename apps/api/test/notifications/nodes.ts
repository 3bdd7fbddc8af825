import {
  makeKeyring,
  setUpInstance,
  type Account,
  type Actor,
  type Call,
  type Keyring,
  type Ports,
  type Store,
} from '@latchkey/core';
import { v7 as newId } from 'uuid';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import type { TestDatabase } from '../databases.ts';

/** When the tests of notifications begin: a Sunday morning, before the day's digest. */
export const beginning = new Date('2026-03-01T06:00:00.000Z');

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Several nodes on one database, under one secret and one clock. */
export interface Nodes {
  /** The ports of each. */
  ports: Ports[];
  /** Those of the first. */
  first: Ports;
  clock: { at: Date; advance: (by: number) => void };
  /** The account `acme`, and its owner at work. */
  call: Call;
  owner: { email: string };
  /** What all of them were started with. */
  secret: Uint8Array;
  /** The keyring of a node that was started with these, the signing one first. */
  keyringOf: (...secrets: [Uint8Array, ...Uint8Array[]]) => Keyring;
}

function makePorts(store: Store, clock: { at: Date }, secret: Uint8Array): Ports {
  return {
    store,
    clock: { now: () => clock.at },
    crypto: nodeCrypto,
    keyring: makeKeyring(nodeCrypto, [secret]),
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

/** Opens nodes on an empty database and sets an account up. */
export async function openNodes(database: TestDatabase, count: number): Promise<Nodes> {
  const clock = {
    at: beginning,
    advance(by: number) {
      clock.at = new Date(clock.at.getTime() + by);
    },
  };
  const secret = nodeCrypto.randomBytes(32);
  const ports = [];
  for (let opened = 0; opened < count; opened += 1) {
    ports.push(makePorts((await database.open()).store, clock, secret));
  }
  const [first] = ports;
  if (!first) throw new Error('There is at least one node.');
  const owner = { id: newId(), email: 'ana@acme.example', name: 'Ana' };
  const made = await setUpInstance(first, owner, { slug: 'acme', name: 'Acme' }, null);
  if (!made.ok) throw new Error(made.refusal.detail);
  return {
    ports,
    first,
    clock,
    owner,
    secret,
    keyringOf: (...secrets) => makeKeyring(nodeCrypto, secrets),
    call: await ownersCall(first, made.value, owner.id),
  };
}

async function ownersCall({ store }: Ports, account: Account, personId: string): Promise<Call> {
  const member = await store.members.findByPerson(account.id, personId);
  const [role] = await store.roles.list(account.id);
  if (!member || !role) throw new Error('The account has an owner.');
  const actor: Actor = {
    kind: 'member',
    id: member.id,
    name: member.email,
    grants: { permissions: new Set(role.permissions), owner: true },
  };
  return { account, actor, from: '192.0.2.1' };
}
