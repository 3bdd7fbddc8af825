import { randomBytes } from 'node:crypto';
import type { Account, ApiKey, AuditEvent, Link, Member, Role, Store, Token } from '@latchkey/core';
import { sql } from 'kysely';
import { v7 as newId } from 'uuid';
import { passwordIssuer } from '../../src/contract/identities.ts';
import type { OpenStore } from '../../src/store/index.ts';

export { newId };

const secret = () => randomBytes(32).toString('base64url');

/** A moment to begin at, and others by the minute after it. */
export const start = new Date('2026-03-31T10:00:00.123Z');
export const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** Creates an account of its own. */
export async function addAccount(store: Store, name = 'Acme'): Promise<Account> {
  const account: Account = {
    id: newId(),
    slug: `acme-${randomBytes(6).toString('hex')}`,
    name,
    renewalPeriodMonths: 3,
    createdAt: start,
  };
  await store.accounts.add(account);
  return account;
}

export function makeRole(account: Account, given: Partial<Role> = {}): Role {
  return {
    id: newId(),
    accountId: account.id,
    name: `Role ${randomBytes(4).toString('hex')}`,
    description: '',
    permissions: ['orders.read'],
    predefined: null,
    createdAt: start,
    ...given,
  };
}

export async function addRole(store: Store, account: Account, given: Partial<Role> = {}) {
  const role = makeRole(account, given);
  await store.roles.save(role);
  return role;
}

export function makeMember(account: Account, given: Partial<Member> = {}): Member {
  const id = newId();
  return {
    id,
    accountId: account.id,
    email: `${id}@example.com`,
    name: 'Ana',
    roleIds: [],
    createdAt: start,
    membership: { state: 'active', personId: newId(), joinedAt: start },
    ...given,
  };
}

export function makeToken(given: Partial<Token> = {}): Token {
  return {
    id: newId(),
    hash: secret(),
    createdAt: start,
    deliveredAt: null,
    lastUsedAt: null,
    ...given,
  };
}

export function makeLink(token: Token, given: Partial<Link> = {}): Link {
  return {
    id: newId(),
    tokenId: token.id,
    hash: secret(),
    createdAt: start,
    expiresAt: later(24 * 60),
    fate: { state: 'unread', ciphertext: new Uint8Array(randomBytes(80)) },
    ...given,
  };
}

export function makeKey(account: Account, given: Partial<ApiKey> = {}): ApiKey {
  const currentToken = given.currentToken ?? makeToken();
  return {
    id: newId(),
    accountId: account.id,
    key: `lk-${account.slug}-${randomBytes(4).toString('hex').toUpperCase()}`,
    name: 'Billing',
    status: 'active',
    roleIds: [],
    createdAt: start,
    expiresAt: null,
    lastUsedAt: null,
    renewal: { state: 'none' },
    link: makeLink(currentToken),
    version: 1,
    ...given,
    currentToken,
  };
}

export async function addKey(store: Store, account: Account, given: Partial<ApiKey> = {}) {
  const key = makeKey(account, given);
  await store.keys.add(key);
  return key;
}

/** A key with its renewal pending: the current token becomes the old one. @param deliveredAt when somebody received the new one. */
export function renewed(
  key: ApiKey,
  completeAt: Date | null = null,
  deliveredAt: Date | null = null,
): ApiKey {
  const currentToken = makeToken({ createdAt: later(60), deliveredAt });
  return {
    ...key,
    currentToken,
    renewal: { state: 'pending', oldToken: key.currentToken, startedAt: later(60), completeAt },
    link: makeLink(currentToken, { createdAt: later(60), expiresAt: later(25 * 60) }),
    version: key.version + 1,
  };
}

/** An event that follows a chain's head. Its hash is any: the store does not look into it. */
export function makeEvent(
  account: Pick<Account, 'id'>,
  head: { sequence: number; hash: string },
  given: Partial<AuditEvent> = {},
): AuditEvent {
  return {
    id: newId(),
    accountId: account.id,
    sequence: head.sequence + 1,
    at: start,
    actor: { kind: 'member', id: newId(), name: 'ana@example.com' },
    action: 'key.edited',
    keyId: null,
    subject: 'lk-acme-12345678',
    details: { name: 'Billing', roles: ['a', 'b'], expiresAt: null },
    from: '192.0.2.1',
    previousHash: head.hash,
    hash: secret(),
    ...given,
  };
}

/** Registers a person, as the sign-in library would. @returns their id. */
export async function addPerson({ engine, kysely }: OpenStore): Promise<string> {
  const id = newId();
  // The people's tables hold times and flags as the sign-in library writes them, each engine's own way.
  const time = engine === 'sqlite' ? start.toISOString() : start;
  const verified = engine === 'sqlite' ? 0 : false;
  await sql`insert into person (id, name, email, email_verified, created_at, updated_at)
    values (${id}, 'Ana', ${`${id}@example.com`}, ${verified}, ${time}, ${time})`.execute(kysely);
  return id;
}

/** Gives a person something to sign in with: a password, or an identity of the issuer. */
export async function addCredential(
  { engine, kysely }: OpenStore,
  personId: string,
  issuer = passwordIssuer,
): Promise<void> {
  const id = newId();
  const time = engine === 'sqlite' ? start.toISOString() : start;
  const password = issuer === passwordIssuer ? 'a hash' : null;
  await sql`insert into person_credential
      (id, person_id, provider_id, provider_account_id, password, created_at, updated_at)
    values (${id}, ${personId}, ${issuer}, ${id}, ${password}, ${time}, ${time})`.execute(kysely);
}
