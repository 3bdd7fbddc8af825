import { refuse } from '../result.ts';
import type { Role } from '../roles/role.ts';
import { isManagementPermission, type ManagementPermission } from './permission.ts';

/** Who acts in an account: a member, one of the account's own API keys, the reader of a link, or Latchkey itself. */
export type Actor =
  | { kind: 'member'; id: string; name: string; grants: Grants }
  | { kind: 'key'; id: string; name: string; grants: Grants }
  | { kind: 'reader' }
  | { kind: 'system' };

/** What roles add up to. */
export interface Grants {
  permissions: ReadonlySet<string>;
  /**
   * Owners may grant every permission of their account, also one that is new to it: otherwise no first
   * role with a product's own permission could ever be made.
   */
  owner: boolean;
}

/** Adds up roles. */
export function grantsOf(roles: readonly Role[]): Grants {
  return {
    permissions: new Set(roles.flatMap((role) => role.permissions)),
    owner: roles.some((role) => role.predefined === 'owner'),
  };
}

function grants(actor: Actor): Grants {
  return actor.kind === 'member' || actor.kind === 'key'
    ? actor.grants
    : { permissions: new Set(), owner: false };
}

/** What a person recognises the actor by: an e-mail address, a key identifier. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
    case 'key':
      return actor.name;
    case 'reader':
      return 'Reader of the link';
    case 'system':
      return 'Latchkey';
  }
}

/** Whether the actor holds a management permission. */
export function may(actor: Actor, permission: ManagementPermission): boolean {
  return grants(actor).permissions.has(permission);
}

/**
 * The refusal for an actor who lacks a management permission, or `undefined` when they hold it.
 *
 * @param oneOf any of them is enough.
 */
export function lacking(actor: Actor, ...oneOf: readonly ManagementPermission[]) {
  if (oneOf.some((permission) => may(actor, permission))) return undefined;
  return refuse(
    'FORBIDDEN',
    `This needs the permission ${oneOf.join(' or ')}. Ask an owner of the account for it.`,
  );
}

/**
 * The refusal for an actor who would grant more than they hold, or `undefined`.
 *
 * @param permissions what the grant adds; what it takes away needs no check.
 */
export function escalating(actor: Actor, permissions: Iterable<string>) {
  const held = grants(actor);
  if (held.owner) return undefined;
  const missing = [...new Set(permissions)].filter((name) => !held.permissions.has(name)).sort();
  return missing.length === 0
    ? undefined
    : refuse(
        'FORBIDDEN',
        `You cannot grant permissions that you do not hold: ${missing.join(', ')}.`,
      );
}

/**
 * The refusal for an actor who would hand out a role that allows more than they hold, or `undefined`. Only owners make owners:
 * the role Owner is more than the permissions it names, see {@link Grants.owner}.
 *
 * @param roles those that the actor adds; to take a role away, or to leave it, needs no check.
 */
export function handingOut(actor: Actor, roles: readonly Role[]) {
  const handed = grantsOf(roles);
  return handed.owner && !grants(actor).owner
    ? refuse('FORBIDDEN', 'Only an owner can hand out the role Owner.')
    : escalating(actor, handed.permissions);
}

/**
 * The refusal for an actor who would receive a token that manages more than they do, or `undefined`.
 * `keys.view` is not counted: whoever may renew a key sees it.
 *
 * @param roles the key's.
 */
export function takingOver(actor: Actor, roles: readonly Role[]) {
  const received = grantsOf(roles);
  const managing = [...received.permissions].filter(
    (name) => isManagementPermission(name) && name !== 'keys.view',
  );
  return (received.owner && !grants(actor).owner) || escalating(actor, managing)
    ? refuse(
        'FORBIDDEN',
        'This key may manage more than you do, so its token is not yours to renew.',
      )
    : undefined;
}
