import type { Latchkey } from './latchkey.ts';
import { sessionOf } from './session.ts';
import type { Session } from './session.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
}

/** A key as the contract has it, as far as tests look into it. */
export interface Key {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: 'active' | 'inactive';
  readonly roles: readonly Role[];
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly tokens: readonly {
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
    readonly state: 'current' | 'old';
  }[];
  readonly renewal: { readonly startedAt: string; readonly completeAt: string | null } | null;
  readonly link: { readonly state: 'open' | 'redeemed' | 'expired' | 'withdrawn' } | null;
}

/** A key with the link that hands over its token. */
export interface IssuedKey {
  readonly key: Key;
  readonly link: { readonly url: string; readonly expiresAt: string };
}

export interface Credential {
  readonly key: string;
  readonly token: string;
}

/** An account of a test's own: what stands in it is put there over REST, which is faster than by hand. */
export interface Account {
  readonly slug: string;
  readonly name: string;
  /** The address of its pages: `/a/{slug}`. */
  readonly path: string;
  /** Its owner, over REST. */
  readonly owner: Session;
  role(name: string, permissions: readonly string[], description?: string): Promise<Role>;
  /** One of the two that every account has. */
  predefinedRole(name: 'Owner' | 'Viewer'): Promise<Role>;
  /** Generates a key. Its link stays open. */
  key(name: string, input?: KeyInput): Promise<IssuedKey>;
  /** Generates a key and opens its link. */
  deliveredKey(name: string, input?: KeyInput): Promise<{ key: Key; credential: Credential }>;
  renew(key: Pick<Key, 'id'>): Promise<IssuedKey>;
  readKey(key: Pick<Key, 'id'>): Promise<Key>;
  /** Invites a person with these roles and joins as them. */
  member(name: string, roles: readonly Role[], password?: string): Promise<Member>;
}

interface KeyInput {
  readonly roles?: readonly Role[];
  readonly expiresAt?: string;
}

export interface Member {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly session: Session;
}

/** Opens a single-access link. @param origin where the server is, when it is known elsewhere by another name */
export async function redeem(link: string, origin = new URL(link).origin): Promise<Credential> {
  const { pathname } = new URL(link);
  const answer = await fetch(`${origin}/v1${pathname}/redeem`, { method: 'POST' });
  if (!answer.ok) throw new Error(`The link could not be opened: ${answer.status}`);
  return (await answer.json()) as Credential;
}

/** Asks whether a credential is valid, and returns the code of the answer. */
export async function verify(
  { url }: Pick<Latchkey, 'url'>,
  credential: Credential,
  more: { readonly account?: string; readonly permission?: string } = {},
): Promise<string> {
  const answer = await fetch(`${url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...credential, ...more }),
  });
  const { code } = (await answer.json()) as { code: string };
  return code;
}

/** Makes an account, whose owner is the person of the session: the instance's administrator. */
export async function makeAccount(
  { url }: Pick<Latchkey, 'url'>,
  owner: Session,
  slug: string,
  name: string,
): Promise<Account> {
  await owner.ask('POST', '/v1/accounts', { slug, name });
  return accountOf({ url }, owner, slug, name);
}

/** An account that there is already, as {@link makeAccount} gives a new one. */
export function accountOf(
  { url }: Pick<Latchkey, 'url'>,
  owner: Session,
  slug: string,
  name: string,
): Account {
  const base = `/v1/accounts/${slug}`;
  const idsOf = (roles: readonly Role[] = []) => roles.map(({ id }) => id);

  const account: Account = {
    slug,
    name,
    path: `/a/${slug}`,
    owner,
    role: (roleName, permissions, description) =>
      owner.ask('POST', `${base}/roles`, { name: roleName, permissions, description }),
    async predefinedRole(roleName) {
      const { items } = await owner.ask<{ items: Role[] }>('GET', `${base}/roles`);
      const found = items.find((role) => role.name === roleName);
      if (!found) throw new Error(`The account has no role ${roleName}.`);
      return found;
    },
    key: (keyName, { roles, expiresAt } = {}) =>
      owner.ask('POST', `${base}/keys`, { name: keyName, roleIds: idsOf(roles), expiresAt }),
    async deliveredKey(keyName, input) {
      const { key, link } = await account.key(keyName, input);
      return { key, credential: await redeem(link.url, url) };
    },
    renew: ({ id }) => owner.ask('POST', `${base}/keys/${id}/renewal`, {}),
    readKey: ({ id }) => owner.ask('GET', `${base}/keys/${id}`),
    async member(memberName, roles, password = 'a password of their own') {
      const email = `${memberName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${slug}.example`;
      const { invitation } = await owner.ask<{ invitation: { url: string } }>(
        'POST',
        `${base}/members`,
        { email, roleIds: idsOf(roles) },
      );
      const answer = await fetch(`${url}/v1${new URL(invitation.url).pathname}/accept`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: memberName, password }),
      });
      if (!answer.ok) throw new Error(`${memberName} could not join: ${answer.status}`);
      return { name: memberName, email, password, session: sessionOf(url, answer) };
    },
  };
  return account;
}
