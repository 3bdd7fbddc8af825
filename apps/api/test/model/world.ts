/**
 * The world as the rules of the design describe it, in plain data that can be cloned. It shares no code with the domain, so that
 * a mistake there is not made here too. Times are milliseconds.
 */
export interface World {
  now: number;
  accounts: AccountState[];
  /** Everything that ever was, the deleted among it. */
  keys: KeyState[];
  tokens: TokenState[];
  links: LinkState[];
  grants: GrantState[];
  /** Successful verifications that were not written yet. */
  unwrittenUses: { tokenId: string; at: number }[];
}

export interface AccountState {
  id: string;
  slug: string;
  period: 3 | 6;
  roles: RoleState[];
  members: MemberState[];
  events: EventState[];
  /** The refusals for want of rights that were written down. */
  refusals: { actor: string; needed: string; at: number }[];
}

export interface RoleState {
  id: string;
  name: string;
  permissions: string[];
  owner: boolean;
  predefined: boolean;
}

export interface MemberState {
  id: string;
  personId: string;
  roleIds: string[];
}

/** What the audit log must tell, in order. */
export interface EventState {
  action: string;
  /** Who did it: `member {id}`, `key {id}`, `reader` or `system`. */
  actor: string;
  keyId: string | null;
  at: number;
  from: string | null;
}

export interface KeyState {
  id: string;
  /** The account's slug. */
  owner: string;
  identifier: string;
  name: string;
  active: boolean;
  deleted: boolean;
  roleIds: string[];
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  version: number;
  currentId: string;
  /** The old token's, while a renewal is pending. */
  oldId: string | null;
  renewedAt: number | null;
  completeAt: number | null;
  newestLinkId: string;
}

export interface TokenState {
  id: string;
  keyId: string;
  createdAt: number;
  delivered: boolean;
  alive: boolean;
  lastUsedAt: number | null;
}

export interface LinkState {
  id: string;
  keyId: string;
  tokenId: string;
  expiresAt: number;
  fate: 'unread' | 'redeemed' | 'withdrawn';
  redeemedAt: number | null;
  redeemedFrom: string | null;
  /** When a second attempt was last noted. */
  notedAt: number | null;
}

export interface GrantState {
  id: string;
  /** The slug of the account that grants. */
  account: string;
  keyId: string;
  roleIds: string[];
  addedAt: number;
  version: number;
  removed: boolean;
}

export const hour = 3_600_000;
export const day = 24 * hour;

/** A rule of the design that the system broke. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
}

function find<T>(list: readonly T[], fits: (item: T) => boolean, what: string): T {
  const found = list.find(fits);
  if (found === undefined) throw new Error(`The model knows no such ${what}.`);
  return found;
}

export const accountOf = (world: World, slug: string): AccountState =>
  find(world.accounts, (account) => account.slug === slug, `account: ${slug}`);
export const tokenOf = (world: World, id: string): TokenState =>
  find(world.tokens, (token) => token.id === id, `token: ${id}`);
export const linkOf = (world: World, id: string): LinkState =>
  find(world.links, (link) => link.id === id, `link: ${id}`);
export const keyOf = (world: World, id: string): KeyState =>
  find(world.keys, (key) => key.id === id, `key: ${id}`);
export const grantOf = (world: World, id: string): GrantState =>
  find(world.grants, (grant) => grant.id === id, `grant: ${id}`);

/** A link is open from its making until it is read, withdrawn or 24 hours old. */
export const isOpen = (world: World, link: LinkState): boolean =>
  link.fate === 'unread' && world.now < link.expiresAt;

/** What some roles of an account allow together. */
export function allowedBy(
  account: AccountState,
  roleIds: readonly string[],
): { permissions: string[]; owner: boolean } {
  const roles = account.roles.filter((role) => roleIds.includes(role.id));
  return {
    permissions: [...new Set(roles.flatMap((role) => role.permissions))].sort(),
    owner: roles.some((role) => role.owner),
  };
}

export const namesOf = (account: AccountState, roleIds: readonly string[]): string[] =>
  account.roles
    .filter((role) => roleIds.includes(role.id))
    .map((role) => role.name)
    .sort();

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The same day and hour some calendar months later, or the last day of a month that lacks the day. */
function monthsAfter(time: number, months: number): number {
  const from = new Date(time);
  const month = from.getUTCMonth() + months;
  const year = from.getUTCFullYear();
  const length = daysIn(year, month);
  return Date.UTC(year, month, Math.min(from.getUTCDate(), length)) + (time % day);
}

/** The renewal alert of a key: by the old token's age while a renewal is pending, else by the current one's. */
export function alertOf(world: World, key: KeyState): 'none' | 'due' | 'overdue' {
  const since = tokenOf(world, key.oldId ?? key.currentId).createdAt;
  const { period } = accountOf(world, key.owner);
  if (world.now >= monthsAfter(since, period + 3)) return 'overdue';
  return world.now >= monthsAfter(since, period) ? 'due' : 'none';
}

/** What a search makes of a text: no case, no accents. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
