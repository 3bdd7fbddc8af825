import { verdictOn } from './rules.ts';
import {
  alertOf,
  isOpen,
  keyOf,
  linkOf,
  tokenOf,
  type AccountState,
  type EventState,
  type KeyState,
  type TokenState,
  type World,
} from './world.ts';

/** All that can be seen of the system at a moment, in plain data. */
export interface Sight {
  accounts: Record<string, AccountSight>;
  /** Of every token ever made the answer in its own account, and in the other. */
  verdicts: Record<string, readonly string[]>;
}

export interface AccountSight {
  period: number;
  keys: KeySight[];
  total: number;
  externalKeys: ExternalKeySight[];
  roles: string[];
  events: EventState[];
  chain: string;
}

export interface KeySight {
  id: string;
  key: string;
  name: string;
  status: string;
  roleIds: string[];
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  version: number;
  alert: string;
  tokens: TokenSight[];
  renewal: { startedAt: number; completeAt: number | null } | null;
  link: LinkSight | null;
}

export interface TokenSight {
  id: string;
  state: 'current' | 'old';
  createdAt: number;
  delivered: boolean;
  lastUsedAt: number | null;
}

export interface LinkSight {
  id: string;
  state: string;
  expiresAt: number;
  redeemedAt: number | null;
  redeemedFrom: string | null;
}

export interface ExternalKeySight {
  id: string;
  key: string;
  owner: string;
  roleIds: string[];
  addedAt: number;
  status: string;
  version: number;
}

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/**
 * The events as they can be told apart: what Latchkey completes by itself at one moment, in one sweep, has no order.
 */
export function inOrder(events: readonly EventState[]): EventState[] {
  const sorted = [...events];
  for (let at = 1; at < sorted.length; at += 1) {
    for (let here = at; here > 0; here -= 1) {
      const event = sorted[here];
      const before = sorted[here - 1];
      if (!event || !before || event.actor !== 'system' || before.actor !== 'system') break;
      if (event.at !== before.at || (before.keyId ?? '') <= (event.keyId ?? '')) break;
      sorted.splice(here - 1, 2, event, before);
    }
  }
  return sorted;
}

function seeToken(world: World, id: string, state: 'current' | 'old'): TokenSight {
  const { createdAt, delivered, lastUsedAt } = tokenOf(world, id);
  return { id, state, createdAt, delivered, lastUsedAt };
}

function seeLink(world: World, id: string): LinkSight {
  const link = linkOf(world, id);
  const unread = isOpen(world, link) ? 'open' : 'expired';
  return {
    id,
    state: link.fate === 'unread' ? unread : link.fate,
    expiresAt: link.expiresAt,
    redeemedAt: link.redeemedAt,
    redeemedFrom: link.redeemedFrom,
  };
}

function seeKey(world: World, key: KeyState): KeySight {
  return {
    id: key.id,
    key: key.identifier,
    name: key.name,
    status: key.active ? 'active' : 'inactive',
    roleIds: key.roleIds.toSorted(),
    createdAt: key.createdAt,
    expiresAt: key.expiresAt,
    lastUsedAt: key.lastUsedAt,
    version: key.version,
    alert: alertOf(world, key),
    tokens: [
      seeToken(world, key.currentId, 'current'),
      ...(key.oldId === null ? [] : [seeToken(world, key.oldId, 'old')]),
    ],
    renewal:
      key.renewedAt === null ? null : { startedAt: key.renewedAt, completeAt: key.completeAt },
    link: seeLink(world, key.newestLinkId),
  };
}

function seeAccount(world: World, account: AccountState): AccountSight {
  const keys = world.keys.filter((key) => key.owner === account.slug && !key.deleted);
  const grants = world.grants.filter((grant) => grant.account === account.slug && !grant.removed);
  return {
    period: account.period,
    keys: keys.map((key) => seeKey(world, key)).sort(byId),
    total: keys.length,
    externalKeys: grants
      .map((grant) => {
        const key = keyOf(world, grant.keyId);
        const status = key.active ? 'active' : 'inactive';
        return {
          id: grant.id,
          key: key.identifier,
          owner: key.owner,
          roleIds: grant.roleIds.toSorted(),
          addedAt: grant.addedAt,
          status: key.deleted ? 'deleted' : status,
          version: grant.version,
        };
      })
      .sort(byId),
    roles: account.roles
      .map((role) => `${role.name}: ${role.permissions.toSorted().join()}`)
      .sort(),
    events: inOrder(account.events),
    chain: `intact, ${String(account.events.length)} events`,
  };
}

/** Where to try a token: in its own account, and in the other. */
export function placesToTry(world: World, { keyId }: TokenState): { account?: string }[] {
  const { owner } = keyOf(world, keyId);
  const others = world.accounts.filter(({ slug }) => slug !== owner);
  return [{}, ...others.map(({ slug }) => ({ account: slug }))];
}

/** What must be seen of the system, by the rules. */
export function expectedSight(world: World): Sight {
  return {
    accounts: Object.fromEntries(
      world.accounts.map((account) => [account.slug, seeAccount(world, account)]),
    ),
    verdicts: Object.fromEntries(
      world.tokens.map((token) => [
        token.id,
        placesToTry(world, token).map((account) =>
          verdictOn(world, { tokenId: token.id, ...account, permissions: [] }),
        ),
      ]),
    ),
  };
}
