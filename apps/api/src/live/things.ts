import { may, type Actor, type AuditEvent, type ManagementPermission } from '@latchkey/core';
import type { ChangedThing, Noun } from '../contract/live.ts';

const nothing: readonly Noun[] = [];
const key = ['keys'] as const;
const externalKeys = ['externalKeys'] as const;
// Roles show their names with whatever has them, and say what somebody may do.
const roles = ['account', 'externalKeys', 'keys', 'members', 'roles'] as const;
const members = ['account', 'members'] as const;
const webhooks = ['webhooks'] as const;

/** What looks different after an event, besides the audit log. */
const changedBy = {
  'instance.set-up': nothing,
  'account.created': nothing,
  // The alerts of all keys follow the renewal period.
  'settings.changed': ['keys', 'settings'],
  'key.generated': key,
  'key.edited': key,
  'key.activated': key,
  'key.deactivated': key,
  'key.deleted': key,
  'key.exported': nothing,
  'renewal.initiated': key,
  'renewal.rescheduled': key,
  'renewal.completed': key,
  'renewal.undone': key,
  'link.redeemed': key,
  'link.withdrawn': key,
  'link.tried-again': nothing,
  'role.created': ['roles'],
  'role.edited': roles,
  'role.deleted': ['roles'],
  'member.invited': ['members'],
  'member.joined': members,
  'member.edited': members,
  'member.removed': members,
  'external-key.added': externalKeys,
  'external-key.edited': externalKeys,
  'external-key.removed': externalKeys,
  'webhook.created': webhooks,
  'webhook.edited': webhooks,
  'webhook.secret-replaced': webhooks,
  'webhook.deleted': webhooks,
  'webhook.tested': webhooks,
  'webhook.resent': webhooks,
  'webhook.disabled': webhooks,
  'mail-preference.changed': nothing,
  'access.refused': nothing,
  'sign-in.failed': nothing,
  'sign-in.password-changed': nothing,
  'sign-in.password-reset': nothing,
  'sign-in.passkey-added': nothing,
  'sign-in.passkey-removed': nothing,
  'sign-in.app-added': nothing,
  'sign-in.app-removed': nothing,
  'sign-in.codes-replaced': nothing,
  'sign-in.identity-connected': nothing,
  'sign-in.identity-disconnected': nothing,
} as const satisfies Record<AuditEvent['action'], readonly Noun[]>;

/** What one of these permissions lets somebody see; nothing is needed to hear of one's own rights. */
const seenWith = {
  account: [],
  auditEvents: ['audit.view'],
  externalKeys: ['keys.view'],
  keys: ['keys.view'],
  members: ['members.edit'],
  roles: ['keys.view', 'keys.edit', 'roles.edit', 'members.edit'],
  settings: ['keys.view'],
  webhooks: ['keys.settings'],
} as const satisfies Record<Noun, readonly ManagementPermission[]>;

/** Whether the actor may see things of a kind. */
export function maySee(actor: Actor, noun: Noun): boolean {
  const oneOf: readonly ManagementPermission[] = seenWith[noun];
  return oneOf.length === 0 || oneOf.some((permission) => may(actor, permission));
}

/** What looks different after events: one key where it was done to one, else all that a noun names. */
export function changedThings(
  events: readonly Pick<AuditEvent, 'action' | 'keyId'>[],
): ChangedThing[] {
  const things = new Map<string, ChangedThing>();
  for (const { action, keyId } of events) {
    const ofOneKey = changedBy[action] === key;
    for (const noun of ['auditEvents', ...changedBy[action]] as const) {
      const id = noun === 'keys' && ofOneKey ? keyId : null;
      things.set(`${noun} ${id ?? ''}`, { noun, id });
    }
  }
  return [...things.values()];
}
