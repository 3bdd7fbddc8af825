import * as fc from 'fast-check';
import { allowedBy, day, hour, isOpen, linkOf, type KeyState, type World } from './world.ts';

/** Whoever acts: a member of an account, or one of its keys, with what they may do at the moment. */
export interface By {
  account: string;
  kind: 'member' | 'key';
  id: string;
  permissions: string[];
  owner: boolean;
}

export type Sort = 'name' | 'createdAt' | 'lastUsedAt' | 'status';

/** Everything that can happen, with the things it happens to named by id. */
export type Action =
  | { do: 'generate'; by: By; name: string; roleIds: string[]; expiresAt: number | null }
  | {
      do: 'edit';
      by: By;
      keyId: string;
      name?: string;
      roleIds?: string[];
      status?: 'active' | 'inactive';
      expiresAt?: number | null;
      version?: number;
    }
  | { do: 'renew'; by: By; keyId: string; completeAt?: number | null }
  | { do: 'reschedule'; by: By; keyId: string; completeAt: number | null }
  | { do: 'complete' | 'undo' | 'withdraw' | 'delete'; by: By; keyId: string }
  | { do: 'redeem' | 'preview'; linkId: string; from: string }
  | { do: 'createRole'; by: By; name: string; permissions: string[] }
  | { do: 'editRole'; by: By; roleId: string; permissions: string[] }
  | { do: 'deleteRole'; by: By; roleId: string }
  | { do: 'editMember'; by: By; memberId: string; roleIds: string[] }
  | { do: 'removeMember'; by: By; memberId: string }
  | { do: 'grant'; by: By; identifier: string; roleIds: string[] }
  | { do: 'editGrant'; by: By; grantId: string; roleIds: string[]; version?: number }
  | { do: 'removeGrant'; by: By; grantId: string }
  | { do: 'changePeriod'; by: By; months: 3 | 6 }
  | {
      do: 'list';
      by: By;
      search?: string;
      status?: 'active' | 'inactive';
      roleId?: string;
      alert?: 'none' | 'due' | 'overdue';
      sort: Sort;
      order: 'asc' | 'desc';
      limit: number;
    }
  | { do: 'verify'; tokenId: string; key?: string; account?: string; permissions: string[] }
  | { do: 'writeUsage' }
  /** Completes what is due, or of one key alone. */
  | { do: 'sweep'; keyId?: string }
  | { do: 'rotateSecret' }
  | { do: 'wait'; until: number };

/** An action whose things are yet to be chosen from the world as it will be. */
export interface Intent {
  choose: (world: World) => Action | undefined;
  toString: () => string;
}

const nth = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

const number = fc.nat(1000);
const numbers = fc.array(fc.nat(7), { maxLength: 2 });

/** Mostly something, sometimes the other. */
const mostly = <T, U>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: rare });

const names = fc.constantFrom(
  'Café',
  'cafe 2',
  'ZÜRICH',
  'Warehouse',
  'warehouse',
  'łódź',
  '倉庫',
  '%_',
);
const permissions = fc.uniqueArray(
  fc.constantFrom(
    'orders.read',
    'orders.write',
    'keys.view',
    'keys.edit',
    'keys.renew',
    'audit.view',
  ),
  { maxLength: 3 },
);
/** From just past to beyond the 90 days that a completion may be scheduled ahead. */
const ahead = mostly(
  fc.constantFrom(1, hour, day, 10 * day, 60 * day, 90 * day),
  fc.constantFrom(0, -day, 90 * day + 1),
);
const address = fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1');

type Whoever = (world: World, account?: string) => By | undefined;

/** Mostly a member of the account concerned, sometimes one of another account or an API key. */
const whoever: fc.Arbitrary<Whoever> = fc
  .record({ member: number, key: fc.integer({ min: -30, max: 3 }), stranger: fc.nat(19) })
  .map(({ member, key, stranger }) => (world, slug) => {
    const accounts = world.accounts.filter(
      (account) => (account.slug === slug) !== (stranger === 0),
    );
    const account = slug === undefined ? nth(world.accounts, stranger) : nth(accounts, stranger);
    if (!account) return undefined;
    const keys = world.keys.filter((it) => it.owner === account.slug && !it.deleted && it.active);
    const actingKey = key < 0 ? undefined : nth(keys, key);
    // The owner comes first and acts in two cases of three, so that much is allowed.
    const acting =
      actingKey ??
      (member % 3 < 2 ? account.members[0] : nth(account.members, Math.floor(member / 3)));
    if (!acting) return undefined;
    const kind = actingKey ? 'key' : 'member';
    return { account: account.slug, kind, id: acting.id, ...allowedBy(account, acting.roleIds) };
  });

/** Roles of the account, now and then one of another. */
function rolesOf(world: World, slug: string, chosen: readonly number[]): string[] {
  return chosen.flatMap((choice) => {
    const account = world.accounts.find((it) => (it.slug === slug) === (choice !== 7));
    const role = account && nth(account.roles, choice);
    return role ? [role.id] : [];
  });
}

/** Mostly one of those that something can be done to, so that most histories get far; the newest most often. */
interface Choice {
  fitting: boolean;
  number: number;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  fitting: mostly(fc.constant(true), fc.constant(false)),
  number: fc.oneof(fc.constantFrom(0, 0, 1), number),
});

function chooseFrom<T>(list: readonly T[], chosen: Choice, fits: (item: T) => boolean) {
  const candidates = chosen.fitting ? list.filter(fits) : list;
  return nth(candidates.toReversed(), chosen.number);
}

const isThere = (key: KeyState) => !key.deleted;
const isPending = (key: KeyState) => isThere(key) && key.oldId !== null;

const chooseKey = (world: World, chosen: Choice, fits: (key: KeyState) => boolean = isThere) =>
  chooseFrom(world.keys, chosen, fits);

const hasOpenLink = (world: World) => (key: KeyState) =>
  isThere(key) && isOpen(world, linkOf(world, key.newestLinkId));

function intent<T>(
  name: string,
  input: fc.Arbitrary<T>,
  choose: (world: World, input: T) => Action | undefined,
): fc.Arbitrary<Intent> {
  return input.map((chosen) => ({
    choose: (world) => choose(world, chosen),
    toString: () => name,
  }));
}

const onKey = (what: 'complete' | 'undo' | 'withdraw' | 'delete') =>
  intent(what, fc.record({ who: whoever, key: choice }), (world, { who, key }) => {
    const fits = {
      complete: isPending,
      undo: isPending,
      withdraw: hasOpenLink(world),
      delete: isThere,
    };
    const chosen = chooseKey(world, key, fits[what]);
    const by = chosen && who(world, chosen.owner);
    return by && { do: what, by, keyId: chosen.id };
  });

const onRenewal = (what: 'renew' | 'reschedule') =>
  intent(
    what,
    fc.record({
      who: whoever,
      key: choice,
      ahead: fc.option(ahead, { freq: 2 }),
      silent: fc.nat(2),
    }),
    (world, { who, key, ahead: later, silent }) => {
      const isClosed = (it: KeyState) => isThere(it) && !hasOpenLink(world)(it);
      const chosen = chooseKey(world, key, what === 'renew' ? isClosed : isPending);
      const by = chosen && who(world, chosen.owner);
      const completeAt = later === null ? null : world.now + later;
      if (!by) return undefined;
      return what === 'renew' && silent === 0
        ? { do: what, by, keyId: chosen.id }
        : { do: what, by, keyId: chosen.id, completeAt };
    },
  );

const onLink = (what: 'redeem' | 'preview') =>
  intent(what, fc.record({ link: choice, from: address }), (world, { link, from }) => {
    const chosen = chooseFrom(world.links, link, (it) => isOpen(world, it));
    return chosen && { do: what, linkId: chosen.id, from };
  });

const edit = intent(
  'edit',
  fc.record(
    {
      who: whoever,
      key: choice,
      name: names,
      roles: numbers,
      status: fc.constantFrom('active', 'inactive'),
      ahead: fc.option(mostly(fc.constantFrom(hour, 5 * day, 100 * day), fc.constantFrom(0, -1))),
      stale: mostly(fc.constant(0), fc.constant(1)),
    },
    { requiredKeys: ['who', 'key'] },
  ),
  (world, { who, key, name, roles, status, ahead: later, stale }) => {
    const chosen = chooseKey(world, key);
    const by = chosen && who(world, chosen.owner);
    return (
      by && {
        do: 'edit',
        by,
        keyId: chosen.id,
        ...(name !== undefined && { name }),
        ...(roles && { roleIds: rolesOf(world, chosen.owner, roles) }),
        ...(status && { status }),
        ...(later !== undefined && { expiresAt: later === null ? null : world.now + later }),
        ...(stale !== undefined && { version: chosen.version - stale }),
      }
    );
  },
);

const generate = intent(
  'generate',
  fc.record({
    who: whoever,
    account: fc.nat(1),
    name: names,
    roles: numbers,
    ahead: mostly(fc.constant(null), fc.constantFrom(hour, 30 * day, 0)),
  }),
  (world, { who, account, name, roles, ahead: later }) => {
    const by = who(world, nth(world.accounts, account)?.slug);
    const expiresAt = later === null ? null : world.now + later;
    return (
      by && { do: 'generate', by, name, roleIds: rolesOf(world, by.account, roles), expiresAt }
    );
  },
);

const roleChange = intent(
  'change a role',
  fc.record({
    who: whoever,
    account: fc.nat(1),
    what: fc.constantFrom('create', 'edit', 'edit', 'delete'),
    name: fc.constantFrom('Picker', 'picker', 'Packer', 'Owner'),
    role: number,
    permissions,
  }),
  (world, { who, account, what, name, role, permissions: allowed }) => {
    const owner = nth(world.accounts, account);
    const by = owner && who(world, owner.slug);
    const chosen = owner && nth(owner.roles, role);
    if (!by || !chosen) return undefined;
    if (what === 'create') return { do: 'createRole', by, name, permissions: allowed };
    return what === 'edit'
      ? { do: 'editRole', by, roleId: chosen.id, permissions: allowed }
      : { do: 'deleteRole', by, roleId: chosen.id };
  },
);

const memberChange = intent(
  'change a member',
  fc.record({
    who: whoever,
    account: fc.nat(1),
    member: number,
    roles: numbers,
    remove: fc.nat(4),
  }),
  (world, { who, account, member, roles, remove }) => {
    const owner = nth(world.accounts, account);
    const by = owner && who(world, owner.slug);
    const chosen = owner && nth(owner.members, member);
    if (!by || !chosen) return undefined;
    return remove === 0
      ? { do: 'removeMember', by, memberId: chosen.id }
      : {
          do: 'editMember',
          by,
          memberId: chosen.id,
          roleIds: rolesOf(world, by.account, roles),
        };
  },
);

const grant = intent(
  'grant',
  fc.record({ who: whoever, key: choice, own: fc.nat(6), roles: numbers }),
  (world, { who, key, own, roles }) => {
    const chosen = chooseKey(world, key);
    const account = world.accounts.find((it) => (it.slug === chosen?.owner) === (own === 0));
    const by = chosen && account && who(world, account.slug);
    return (
      by && {
        do: 'grant',
        by,
        identifier: chosen.identifier,
        roleIds: rolesOf(world, by.account, roles),
      }
    );
  },
);

const grantChange = intent(
  'change a grant',
  fc.record({
    who: whoever,
    grant: choice,
    roles: numbers,
    remove: fc.nat(2),
    stale: fc.option(mostly(fc.constant(0), fc.constant(1))),
  }),
  (world, { who, grant: grantChoice, roles, remove, stale }) => {
    const chosen = chooseFrom(world.grants, grantChoice, (it) => !it.removed);
    const by = chosen && who(world, chosen.account);
    if (!by) return undefined;
    if (remove === 0) return { do: 'removeGrant', by, grantId: chosen.id };
    return {
      do: 'editGrant',
      by,
      grantId: chosen.id,
      roleIds: rolesOf(world, chosen.account, roles),
      ...(stale !== null && { version: chosen.version - stale }),
    };
  },
);

const changePeriod = intent(
  'change the period',
  fc.record({ who: whoever, account: fc.nat(1), months: fc.constantFrom(3, 6) }),
  (world, { who, account, months }) => {
    const by = who(world, nth(world.accounts, account)?.slug);
    return by && { do: 'changePeriod', by, months };
  },
);

const list = intent(
  'list',
  fc.record(
    {
      who: whoever,
      account: fc.nat(1),
      search: fc.constantFrom('caf', 'É', 'ware', 'zur', 'LÓDŹ', 'lk-', '倉', '%', '_', ' ', 'x'),
      status: fc.constantFrom('active', 'inactive'),
      role: number,
      alert: fc.constantFrom('none', 'due', 'overdue'),
      sort: fc.constantFrom('name', 'createdAt', 'lastUsedAt', 'status'),
      order: fc.constantFrom('asc', 'desc'),
      limit: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: ['who', 'account', 'sort', 'order', 'limit'] },
  ),
  (world, { who, account, role, ...query }) => {
    const owner = nth(world.accounts, account);
    const by = owner && who(world, owner.slug);
    const chosen = role === undefined ? undefined : owner && nth(owner.roles, role);
    return by && { do: 'list', by, ...query, ...(chosen && { roleId: chosen.id }) };
  },
);

const verify = intent(
  'verify',
  fc.record({
    token: choice,
    key: mostly(fc.constant(undefined), number),
    account: mostly(fc.constant(undefined), fc.nat(2)),
    permissions: mostly(fc.constant<string[]>([]), permissions),
  }),
  (world, { token, key, account, permissions: needed }) => {
    const chosen = chooseFrom(world.tokens, token, (it) => it.alive);
    const identifier = key === undefined ? undefined : nth(world.keys, key)?.identifier;
    const slug = account === undefined ? undefined : (world.accounts[account]?.slug ?? 'no-such');
    return (
      chosen && {
        do: 'verify',
        tokenId: chosen.id,
        ...(identifier !== undefined && { key: identifier }),
        ...(slug !== undefined && { account: slug }),
        permissions: needed,
      }
    );
  },
);

const someHours = fc.constantFrom(hour, 5 * hour, day);
const someMonths = fc.constantFrom(14 * day, 32 * day, 95 * day, 200 * day);
const lapses = fc.oneof(fc.constantFrom(1, 59_000, 61_000), someHours, someMonths);

/** Some way ahead, or to the very moment, or the millisecond before, at which something happens by itself. */
const wait = intent(
  'wait',
  fc.oneof(fc.record({ by: lapses }), fc.record({ to: number, early: fc.nat(1) })),
  (world, chosen) => {
    if ('by' in chosen) return { do: 'wait', until: world.now + chosen.by };
    const moments = [
      ...world.links.filter((link) => link.fate === 'unread').map((link) => link.expiresAt),
      ...world.keys.flatMap(({ completeAt, expiresAt }) => [
        completeAt ?? 0,
        completeAt ?? 0,
        expiresAt ?? 0,
      ]),
    ].filter((moment) => moment > world.now);
    const moment = nth(moments, chosen.to);
    return moment === undefined
      ? undefined
      : { do: 'wait', until: Math.max(world.now, moment - chosen.early) };
  },
);

const alone = (action: Action) => intent(action.do, fc.constant(action), () => action);

/** Each kind of action, the more often the more depends on it. */
const weights: readonly (readonly [number, fc.Arbitrary<Intent>])[] = [
  [4, generate],
  [6, edit],
  [12, onRenewal('renew')],
  [5, onRenewal('reschedule')],
  [5, onKey('complete')],
  [5, onKey('undo')],
  [3, onKey('withdraw')],
  [2, onKey('delete')],
  [14, onLink('redeem')],
  [2, onLink('preview')],
  [3, roleChange],
  [3, memberChange],
  [4, grant],
  [4, grantChange],
  [2, changePeriod],
  [5, list],
  [5, verify],
  [2, alone({ do: 'writeUsage' })],
  [4, alone({ do: 'sweep' })],
  [1, alone({ do: 'rotateSecret' })],
  [9, wait],
];

/** What every history begins with: an account with two keys, and one with another. */
export function opening({ accounts }: World): Action[] {
  return [0, 0, 1].flatMap((at): Action[] => {
    const account = accounts[at];
    const owner = account?.members[0];
    if (!owner) return [];
    const by: By = {
      account: account.slug,
      kind: 'member',
      id: owner.id,
      ...allowedBy(account, owner.roleIds),
    };
    return [{ do: 'generate', by, name: 'Warehouse', roleIds: [], expiresAt: null }];
  });
}

export const intents: fc.Arbitrary<Intent>[] = weights.flatMap(([weight, it]) =>
  Array.from({ length: weight }, () => it),
);

/** Whatever can happen to one key, for several of it to happen at the same moment. */
const raced = fc.oneof(
  onKey('complete'),
  onKey('undo'),
  onKey('withdraw'),
  onKey('delete'),
  onRenewal('renew'),
  onRenewal('reschedule'),
  onLink('redeem'),
  onLink('redeem'),
  edit,
  edit,
  grant,
  grantChange,
  alone({ do: 'sweep' }),
);

/** The world as if there were but one of its keys, so that all that is chosen concerns it. */
function focus(world: World, { id }: KeyState): World {
  const ofKey = (it: { keyId: string }) => it.keyId === id;
  return {
    ...world,
    keys: world.keys.filter((key) => key.id === id),
    tokens: world.tokens.filter(ofKey),
    links: world.links.filter(ofKey),
    grants: world.grants.filter(ofKey),
  };
}

/** Several things that happen to one key at the same moment. */
export interface Race {
  choose: (world: World) => Action[];
  toString: () => string;
}

export const races: fc.Arbitrary<Race> = fc
  .record({ key: choice, raced: fc.array(raced, { minLength: 2, maxLength: 4 }) })
  .map((race) => ({
    choose: (world) => {
      const key = chooseKey(world, race.key);
      return key ? race.raced.flatMap((it) => it.choose(focus(world, key)) ?? []) : [];
    },
    toString: () => `at once: ${race.raced.join(', ')}`,
  }));
