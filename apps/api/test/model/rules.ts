import type { Action, By, Sort } from './actions.ts';
import {
  accountOf,
  alertOf,
  allowedBy,
  day,
  grantOf,
  isOpen,
  keyOf,
  linkOf,
  namesOf,
  plain,
  RuleBroken,
  tokenOf,
  type AccountState,
  type KeyState,
  type World,
} from './world.ts';

/** What the system answered to an action. */
export interface Outcome {
  /** `OK` or the refusal's code. */
  code: string;
  /** The ids of what was made. */
  made?: {
    id?: string;
    identifier?: string;
    tokenId?: string;
    linkId?: string;
    linkExpiresAt?: number;
  };
  /** Which key and token a reader received. */
  received?: { key: string; tokenId: string | undefined };
  verdict?: string;
  listed?: { ids: string[]; total: number };
}

/** The management permissions of which an action needs one. */
const needs: Partial<Record<Action['do'], readonly string[]>> = {
  generate: ['keys.edit'],
  edit: ['keys.edit'],
  delete: ['keys.edit'],
  renew: ['keys.renew'],
  reschedule: ['keys.renew'],
  complete: ['keys.renew'],
  undo: ['keys.renew'],
  withdraw: ['keys.renew', 'keys.edit'],
  createRole: ['roles.edit'],
  editRole: ['roles.edit'],
  deleteRole: ['roles.edit'],
  editMember: ['members.edit'],
  removeMember: ['members.edit'],
  grant: ['keys.edit'],
  editGrant: ['keys.edit'],
  removeGrant: ['keys.edit'],
  changePeriod: ['keys.settings'],
  list: ['keys.view'],
};

const managing = [
  'keys.edit',
  'keys.renew',
  'keys.settings',
  'roles.edit',
  'members.edit',
  'audit.view',
];

const sameSet = (a: readonly string[], b: readonly string[]) =>
  [...new Set(a)].sort().join() === [...new Set(b)].sort().join();

function tell(
  world: World,
  slug: string,
  actor: By | 'reader' | 'system',
  action: string,
  keyId: string | null = null,
  from: string | null = null,
) {
  accountOf(world, slug).events.push({
    action,
    actor: typeof actor === 'string' ? actor : `${actor.kind} ${actor.id}`,
    keyId,
    at: world.now,
    from: typeof actor === 'string' ? from : '198.51.100.7',
  });
}

type Asked = Extract<Action, { by: By }>;

const neededFor = ({ do: what }: Asked) => (needs[what] ?? []).join(' or ');

/** Whether the same refusal of the actor was told of within the last minute. */
function isToldNow(world: World, asked: Asked): boolean {
  const { by } = asked;
  return accountOf(world, by.account).refusals.some(
    ({ actor, at, needed }) =>
      actor === by.id && needed === neededFor(asked) && at > world.now - 60_000,
  );
}

/** A refusal for want of rights is told of, once a minute for each actor and permission. */
function tellRefusal(world: World, asked: Asked) {
  if (isToldNow(world, asked)) return;
  const { by } = asked;
  const { refusals } = accountOf(world, by.account);
  refusals.push({ actor: by.id, needed: neededFor(asked), at: world.now });
  tell(world, by.account, by, 'access.refused');
}

/**
 * Whether the answer is right: `OK` where no rule stands against it, else one of the refusals that the rules give.
 *
 * @returns whether the action was done.
 */
function judge(
  world: World,
  action: Action,
  outcome: Outcome,
  refusals: readonly (string | false | undefined)[],
): boolean {
  const expected = refusals.filter((code) => typeof code === 'string');
  const right = expected.length === 0 ? outcome.code === 'OK' : expected.includes(outcome.code);
  if (!right) {
    const wanted = expected.length === 0 ? 'OK' : expected.join(' or ');
    throw new RuleBroken(`${action.do} answered ${outcome.code}; the rules say ${wanted}.`);
  }
  if (outcome.code === 'FORBIDDEN' && 'by' in action && action.do !== 'list') {
    tellRefusal(world, action);
  }
  return outcome.code === 'OK';
}

/** Why roles cannot be handed out: they are not the account's, or allow what the actor does not hold. */
function againstRoles(
  account: AccountState,
  by: By,
  roleIds: readonly string[],
  before: readonly string[] = [],
) {
  const unknown = roleIds.some((id) => account.roles.every((role) => role.id !== id));
  const added = allowedBy(
    account,
    roleIds.filter((id) => !before.includes(id)),
  );
  const more = added.owner || added.permissions.some((name) => !by.permissions.includes(name));
  return [unknown && 'VALIDATION_FAILED', !by.owner && more && 'FORBIDDEN'];
}

function completeRenewal(world: World, key: KeyState, by: By | 'system') {
  if (key.oldId === null) throw new Error('The model completes nothing.');
  tokenOf(world, key.oldId).alive = false;
  Object.assign(key, { oldId: null, renewedAt: null, completeAt: null, version: key.version + 1 });
  tell(world, key.owner, by, 'renewal.completed', key.id);
}

/** A scheduled completion waits for its time, and until somebody received the new token. */
const isDue = (world: World, key: KeyState) =>
  !key.deleted &&
  key.completeAt !== null &&
  key.completeAt <= world.now &&
  tokenOf(world, key.currentId).delivered;

/** A new token behind a new, open link becomes the key's current one. */
function issue(world: World, key: KeyState, made: Outcome['made']) {
  const { tokenId, linkId, linkExpiresAt } = made ?? {};
  if (tokenId === undefined || linkId === undefined || linkExpiresAt === undefined) {
    throw new RuleBroken('A new token comes with a new link.');
  }
  if (linkExpiresAt !== world.now + day) throw new RuleBroken('A link is valid for 24 hours.');
  if (world.tokens.some((token) => token.id === tokenId)) throw new RuleBroken('A token is new.');
  world.tokens.push({
    id: tokenId,
    keyId: key.id,
    createdAt: world.now,
    delivered: false,
    alive: true,
    lastUsedAt: null,
  });
  world.links.push({
    id: linkId,
    keyId: key.id,
    tokenId,
    expiresAt: linkExpiresAt,
    fate: 'unread',
    redeemedAt: null,
    redeemedFrom: null,
    notedAt: null,
  });
  key.currentId = tokenId;
  key.newestLinkId = linkId;
}

function withdrawOpenLink(world: World, key: KeyState) {
  const link = linkOf(world, key.newestLinkId);
  if (isOpen(world, link)) link.fate = 'withdrawn';
}

const badSchedule = (world: World, at: number | null | undefined) =>
  typeof at === 'number' && (at <= world.now || at > world.now + 90 * day) && 'VALIDATION_FAILED';

type On<D extends Action['do']> = Extract<Action, { do: D }>;
type OnKey = Extract<Action, { keyId: string }>;

function generate(world: World, action: On<'generate'>, outcome: Outcome) {
  const { by } = action;
  const account = accountOf(world, by.account);
  const done = judge(world, action, outcome, [
    ...againstRoles(account, by, action.roleIds),
    action.expiresAt !== null && action.expiresAt <= world.now && 'VALIDATION_FAILED',
  ]);
  if (!done) return;
  const { id = '', identifier = '' } = outcome.made ?? {};
  if (!new RegExp(`^lk-${by.account}-[0-9A-HJKMNP-TV-Z]{8}$`).test(identifier)) {
    throw new RuleBroken(`${identifier} is no identifier of the account.`);
  }
  if (world.keys.some((key) => key.identifier === identifier)) {
    throw new RuleBroken('An identifier is never issued again.');
  }
  const key: KeyState = {
    id,
    owner: by.account,
    identifier,
    name: action.name,
    active: true,
    deleted: false,
    roleIds: [...new Set(action.roleIds)],
    createdAt: world.now,
    expiresAt: action.expiresAt,
    lastUsedAt: null,
    version: 1,
    currentId: '',
    oldId: null,
    renewedAt: null,
    completeAt: null,
    newestLinkId: '',
  };
  world.keys.push(key);
  issue(world, key, outcome.made);
  tell(world, by.account, by, 'key.generated', id);
}

function edit(world: World, key: KeyState, action: On<'edit'>, outcome: Outcome) {
  const { by } = action;
  const { name = key.name, roleIds = key.roleIds, expiresAt = key.expiresAt } = action;
  const active = action.status === undefined ? key.active : action.status === 'active';
  const newExpiry = expiresAt !== key.expiresAt;
  const done = judge(world, action, outcome, [
    ...againstRoles(accountOf(world, key.owner), by, roleIds, key.roleIds),
    action.version !== undefined && action.version !== key.version && 'STALE',
    newExpiry && expiresAt !== null && expiresAt <= world.now && 'VALIDATION_FAILED',
  ]);
  if (!done) return;
  const edited = name !== key.name || newExpiry || !sameSet(roleIds, key.roleIds);
  const switched = active !== key.active;
  if (edited) tell(world, key.owner, by, 'key.edited', key.id);
  if (switched) tell(world, key.owner, by, active ? 'key.activated' : 'key.deactivated', key.id);
  if (edited || switched) key.version += 1;
  Object.assign(key, { name, roleIds: [...new Set(roleIds)], expiresAt, active });
}

function renew(world: World, key: KeyState, action: On<'renew'>, outcome: Outcome) {
  const { by } = action;
  const received = allowedBy(accountOf(world, key.owner), key.roleIds);
  const takesOver =
    received.owner ||
    received.permissions.some((name) => managing.includes(name) && !by.permissions.includes(name));
  const current = tokenOf(world, key.currentId);
  const done = judge(world, action, outcome, [
    !by.owner && takesOver && 'FORBIDDEN',
    badSchedule(world, action.completeAt),
    isOpen(world, linkOf(world, key.newestLinkId)) && 'RENEWAL_LINK_OPEN',
    key.oldId !== null && current.delivered && 'RENEWAL_PENDING',
  ]);
  if (!done) return;
  if (current.delivered) {
    key.oldId = current.id;
    key.renewedAt = world.now;
  } else {
    current.alive = false;
  }
  // A replaced token leaves the time of its renewal as it is, unless another is given.
  const { completeAt = key.completeAt } = action;
  key.completeAt = key.oldId === null ? null : completeAt;
  issue(world, key, outcome.made);
  key.version += 1;
  tell(world, key.owner, by, 'renewal.initiated', key.id);
}

function undo(world: World, key: KeyState, action: OnKey, outcome: Outcome) {
  if (!judge(world, action, outcome, [key.oldId === null && 'NO_PENDING_RENEWAL'])) return;
  tokenOf(world, key.currentId).alive = false;
  withdrawOpenLink(world, key);
  const currentId = key.oldId ?? '';
  Object.assign(key, { currentId, oldId: null, renewedAt: null, completeAt: null });
  key.version += 1;
  tell(world, key.owner, action.by, 'renewal.undone', key.id);
}

function remove(world: World, key: KeyState, action: OnKey, outcome: Outcome) {
  judge(world, action, outcome, []);
  key.deleted = true;
  for (const token of world.tokens) if (token.keyId === key.id) token.alive = false;
  tell(world, key.owner, action.by, 'key.deleted', key.id);
}

/** What is done to one key, that must be there and in the actor's account. */
function followOnKey(world: World, action: OnKey, outcome: Outcome) {
  const { by } = action;
  const key = keyOf(world, action.keyId);
  if (key.deleted || key.owner !== by.account) {
    judge(world, action, outcome, ['NOT_FOUND']);
    return;
  }
  if (action.do === 'delete') {
    remove(world, key, action, outcome);
    return;
  }
  // What is due is complete before anybody changes the key.
  if (isDue(world, key)) completeRenewal(world, key, 'system');
  switch (action.do) {
    case 'edit':
      edit(world, key, action, outcome);
      break;
    case 'renew':
      renew(world, key, action, outcome);
      break;
    case 'undo':
      undo(world, key, action, outcome);
      break;
    case 'complete':
      if (judge(world, action, outcome, [key.oldId === null && 'NO_PENDING_RENEWAL'])) {
        completeRenewal(world, key, by);
      }
      break;
    case 'reschedule': {
      const against = [
        key.oldId === null && 'NO_PENDING_RENEWAL',
        badSchedule(world, action.completeAt),
      ];
      if (!judge(world, action, outcome, against)) break;
      key.completeAt = action.completeAt;
      key.version += 1;
      tell(world, key.owner, by, 'renewal.rescheduled', key.id);
      break;
    }
    case 'withdraw': {
      const closed = !isOpen(world, linkOf(world, key.newestLinkId));
      if (!judge(world, action, outcome, [closed && 'NO_OPEN_LINK'])) break;
      withdrawOpenLink(world, key);
      key.version += 1;
      tell(world, key.owner, by, 'link.withdrawn', key.id);
      break;
    }
  }
}

function followOnLink(world: World, action: On<'redeem' | 'preview'>, outcome: Outcome) {
  const link = linkOf(world, action.linkId);
  const key = keyOf(world, link.keyId);
  const there = !key.deleted;
  const available = there && isOpen(world, link);
  // A second attempt on a link that was read is told of, at most once a minute.
  const noted = link.notedAt !== null && world.now < link.notedAt + 60_000;
  if (there && link.fate === 'redeemed' && !noted) {
    link.notedAt = world.now;
    tell(world, key.owner, 'reader', 'link.tried-again', key.id, action.from);
  }
  if (!judge(world, action, outcome, [!available && 'LINK_GONE'])) return;
  if (action.do === 'preview') return;
  const { received } = outcome;
  if (received?.key !== key.identifier || received.tokenId !== link.tokenId) {
    throw new RuleBroken('A link delivers its own key and token.');
  }
  Object.assign(link, { fate: 'redeemed', redeemedAt: world.now, redeemedFrom: action.from });
  tokenOf(world, link.tokenId).delivered = true;
  tell(world, key.owner, 'reader', 'link.redeemed', key.id, action.from);
}

const isLastOwner = (account: AccountState, memberId: string) => {
  const owners = account.members.filter((member) => allowedBy(account, member.roleIds).owner);
  return owners.length === 1 && owners[0]?.id === memberId;
};

function isRoleUsed(world: World, account: AccountState, roleId: string): boolean {
  const holders = [
    ...account.members,
    ...world.keys.filter((key) => !key.deleted && key.owner === account.slug),
    ...world.grants.filter((grant) => !grant.removed && grant.account === account.slug),
  ];
  return holders.some((holder) => holder.roleIds.includes(roleId));
}

function followOnRole(
  world: World,
  action: On<'createRole' | 'editRole' | 'deleteRole'>,
  outcome: Outcome,
) {
  const { by } = action;
  const account = accountOf(world, by.account);
  const escalates = (added: readonly string[]) =>
    !by.owner && added.some((name) => !by.permissions.includes(name)) && 'FORBIDDEN';
  if (action.do === 'createRole') {
    const { name, permissions } = action;
    const taken = account.roles.some((role) => role.name.toLowerCase() === name.toLowerCase());
    const against = [taken && 'ROLE_NAME_TAKEN', escalates(permissions)];
    if (!judge(world, action, outcome, against)) return;
    const id = outcome.made?.id ?? '';
    account.roles.push({ id, name, permissions, owner: false, predefined: false });
    tell(world, by.account, by, 'role.created');
    return;
  }
  const role = account.roles.find(({ id }) => id === action.roleId);
  if (!role) {
    judge(world, action, outcome, ['NOT_FOUND']);
    return;
  }
  const { permissions } = role;
  if (action.do === 'editRole') {
    const against = [
      role.predefined && 'ROLE_PREDEFINED',
      escalates(action.permissions.filter((name) => !permissions.includes(name))),
    ];
    if (!judge(world, action, outcome, against)) return;
    role.permissions = action.permissions;
    tell(world, by.account, by, 'role.edited');
    return;
  }
  const against = [
    role.predefined && 'ROLE_PREDEFINED',
    isRoleUsed(world, account, role.id) && 'ROLE_IN_USE',
  ];
  if (!judge(world, action, outcome, against)) return;
  account.roles = account.roles.filter(({ id }) => id !== role.id);
  tell(world, by.account, by, 'role.deleted');
}

function followOnMember(world: World, action: On<'editMember' | 'removeMember'>, outcome: Outcome) {
  const { by } = action;
  const account = accountOf(world, by.account);
  const member = account.members.find(({ id }) => id === action.memberId);
  if (!member) {
    judge(world, action, outcome, ['NOT_FOUND']);
    return;
  }
  const isLast = isLastOwner(account, member.id);
  if (action.do === 'removeMember') {
    if (!judge(world, action, outcome, [isLast && 'LAST_OWNER'])) return;
    account.members = account.members.filter(({ id }) => id !== member.id);
    tell(world, by.account, by, 'member.removed');
    return;
  }
  const { roleIds } = action;
  const done = judge(world, action, outcome, [
    ...againstRoles(account, by, roleIds, member.roleIds),
    isLast && !allowedBy(account, roleIds).owner && 'LAST_OWNER',
  ]);
  if (!done) return;
  member.roleIds = [...new Set(roleIds)];
  tell(world, by.account, by, 'member.edited');
}

function followGrant(world: World, action: On<'grant'>, outcome: Outcome) {
  const { by, roleIds } = action;
  const key = world.keys.find((it) => it.identifier === action.identifier && !it.deleted);
  const exists = world.grants.some(
    (grant) => !grant.removed && grant.account === by.account && grant.keyId === key?.id,
  );
  const done = judge(world, action, outcome, [
    ...againstRoles(accountOf(world, by.account), by, roleIds),
    !key && 'NOT_FOUND',
    key?.owner === by.account && 'OWN_KEY',
    exists && 'EXTERNAL_KEY_EXISTS',
  ]);
  if (!done || !key) return;
  world.grants.push({
    id: outcome.made?.id ?? '',
    account: by.account,
    keyId: key.id,
    roleIds: [...new Set(roleIds)],
    addedAt: world.now,
    version: 1,
    removed: false,
  });
  tell(world, by.account, by, 'external-key.added', key.id);
}

function followOnGrant(world: World, action: On<'editGrant' | 'removeGrant'>, outcome: Outcome) {
  const { by } = action;
  const grant = grantOf(world, action.grantId);
  if (grant.removed || grant.account !== by.account) {
    judge(world, action, outcome, ['NOT_FOUND']);
    return;
  }
  if (action.do === 'removeGrant') {
    judge(world, action, outcome, []);
    grant.removed = true;
    tell(world, by.account, by, 'external-key.removed', grant.keyId);
    return;
  }
  const done = judge(world, action, outcome, [
    ...againstRoles(accountOf(world, by.account), by, action.roleIds, grant.roleIds),
    action.version !== undefined && action.version !== grant.version && 'STALE',
  ]);
  if (!done) return;
  grant.roleIds = [...new Set(action.roleIds)];
  grant.version += 1;
  tell(world, by.account, by, 'external-key.edited', grant.keyId);
}

function followList(world: World, action: On<'list'>, outcome: Outcome) {
  const { by, search, status, roleId, alert, sort, order } = action;
  judge(world, action, outcome, []);
  const wanted = world.keys.filter(
    (key) =>
      !key.deleted &&
      key.owner === by.account &&
      (search === undefined ||
        [key.name, key.identifier].some((text) => plain(text).includes(plain(search)))) &&
      (status === undefined || key.active === (status === 'active')) &&
      (roleId === undefined || key.roleIds.includes(roleId)) &&
      (alert === undefined || alertOf(world, key) === alert),
  );
  const { ids, total } = outcome.listed ?? { ids: [], total: -1 };
  if (total !== wanted.length) {
    throw new RuleBroken(`The list counts ${String(total)} keys of ${String(wanted.length)}.`);
  }
  if (
    ids.length !== total ||
    !sameSet(
      ids,
      wanted.map((key) => key.id),
    )
  ) {
    throw new RuleBroken('The pages of a list hold every key that was asked for, once.');
  }
  const sortValue: Record<Sort, (key: KeyState) => string | number> = {
    name: (key) => plain(key.name),
    createdAt: (key) => key.createdAt,
    lastUsedAt: (key) => key.lastUsedAt ?? 0,
    status: (key) => (key.active ? 0 : 1),
  };
  const values = ids.map((id) => sortValue[sort](keyOf(world, id)));
  const sorted = values.every((value, at) => {
    const before = values[at - 1];
    return before === undefined || (order === 'asc' ? before <= value : before >= value);
  });
  if (!sorted) throw new RuleBroken(`The list is not in the order of ${sort}, ${order}.`);
}

/** The answer to a verification, by the rules. */
export function verdictOn(world: World, request: Omit<On<'verify'>, 'do'>): string {
  const token = tokenOf(world, request.tokenId);
  const key = keyOf(world, token.keyId);
  const slug = request.account ?? key.owner;
  const grant = world.grants.find(
    (it) => !it.removed && it.account === slug && it.keyId === key.id,
  );
  const roleIds = slug === key.owner ? key.roleIds : grant?.roleIds;
  const right = request.key === undefined || request.key === key.identifier;
  const over = token.id === key.oldId && isDue(world, key);
  if (!token.alive || over || !right || !roleIds) return 'INVALID_CREDENTIALS';
  if (!key.active) return 'INACTIVE';
  if (key.expiresAt !== null && key.expiresAt <= world.now) return 'EXPIRED';
  const account = accountOf(world, slug);
  const { permissions } = allowedBy(account, roleIds);
  if (request.permissions.some((name) => !permissions.includes(name))) {
    return 'INSUFFICIENT_PERMISSIONS';
  }
  return `VALID: ${key.identifier} "${key.name}" of ${key.owner} in ${slug} as ${namesOf(account, roleIds).join()} may ${permissions.join()}`;
}

function followVerify(world: World, action: On<'verify'>, outcome: Outcome) {
  const verdict = verdictOn(world, action);
  if (outcome.verdict !== verdict) {
    throw new RuleBroken(
      `A verification answered ${String(outcome.verdict)}; right is ${verdict}.`,
    );
  }
  if (verdict.startsWith('VALID')) {
    world.unwrittenUses.push({ tokenId: action.tokenId, at: world.now });
  }
}

function writeUsage(world: World) {
  for (const { tokenId, at } of world.unwrittenUses) {
    const token = tokenOf(world, tokenId);
    const key = keyOf(world, token.keyId);
    token.lastUsedAt = Math.max(token.lastUsedAt ?? 0, at);
    // Also when the token that was used is gone by now.
    key.lastUsedAt = Math.max(key.lastUsedAt ?? 0, at);
  }
  world.unwrittenUses = [];
}

/** Why whoever acts may not any more, when their turn has come. */
function againstActor(world: World, by: By): string | undefined {
  const account = accountOf(world, by.account);
  if (by.kind === 'member') {
    return account.members.some(({ id }) => id === by.id) ? undefined : 'NOT_FOUND';
  }
  const { active, deleted, expiresAt } = keyOf(world, by.id);
  const isExpired = expiresAt !== null && expiresAt <= world.now;
  return active && !deleted && !isExpired ? undefined : 'UNAUTHENTICATED';
}

/** An action with what its actor may do when their turn has come. */
function withRightsOfNow<A extends Action>(world: World, action: A): A {
  if (!('by' in action)) return action;
  const { by } = action;
  const account = accountOf(world, by.account);
  const actor = [...account.members, ...world.keys].find(({ id }) => id === by.id);
  return { ...action, by: { ...by, ...allowedBy(account, actor?.roleIds ?? []) } };
}

const lacksRights = ({ by, do: what }: Asked) =>
  needs[what]?.every((name) => !by.permissions.includes(name)) ?? false;

/** Lets the world go on by an action. @throws {RuleBroken} when the answer is not what the rules say. */
export function follow(world: World, asked: Action, outcome: Outcome): void {
  const against = 'by' in asked && asked.do !== 'list' && againstActor(world, asked.by);
  if (against) {
    // Who is refused for want of rights again and again is not looked at anew.
    const again = lacksRights(asked) && isToldNow(world, asked);
    judge(world, asked, outcome, [against, again && 'FORBIDDEN']);
    return;
  }
  const action = withRightsOfNow(world, asked);
  if ('by' in action && lacksRights(action)) {
    judge(world, action, outcome, ['FORBIDDEN']);
    return;
  }
  switch (action.do) {
    case 'generate':
      generate(world, action, outcome);
      break;
    case 'edit':
    case 'renew':
    case 'reschedule':
    case 'complete':
    case 'undo':
    case 'withdraw':
    case 'delete':
      followOnKey(world, action, outcome);
      break;
    case 'redeem':
    case 'preview':
      followOnLink(world, action, outcome);
      break;
    case 'createRole':
    case 'editRole':
    case 'deleteRole':
      followOnRole(world, action, outcome);
      break;
    case 'editMember':
    case 'removeMember':
      followOnMember(world, action, outcome);
      break;
    case 'grant':
      followGrant(world, action, outcome);
      break;
    case 'editGrant':
    case 'removeGrant':
      followOnGrant(world, action, outcome);
      break;
    case 'changePeriod':
      judge(world, action, outcome, []);
      accountOf(world, action.by.account).period = action.months;
      tell(world, action.by.account, action.by, 'settings.changed');
      break;
    case 'list':
      followList(world, action, outcome);
      break;
    case 'verify':
      followVerify(world, action, outcome);
      break;
    case 'writeUsage':
      writeUsage(world);
      break;
    case 'sweep':
      for (const key of world.keys) {
        const isMeant = action.keyId === undefined || action.keyId === key.id;
        if (isMeant && isDue(world, key)) completeRenewal(world, key, 'system');
      }
      break;
    case 'rotateSecret':
      break;
    case 'wait':
      world.now = action.until;
      break;
  }
}
