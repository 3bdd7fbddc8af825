import type { AuditEvent } from '../../lib/api.ts';

export type AuditAction = AuditEvent['action'];

/** All that the log can tell of, in the order in which the filter lists it. */
export const auditActions = [
  'key.generated',
  'key.edited',
  'key.activated',
  'key.deactivated',
  'key.deleted',
  'key.exported',
  'renewal.initiated',
  'renewal.rescheduled',
  'renewal.completed',
  'renewal.undone',
  'link.redeemed',
  'link.withdrawn',
  'link.tried-again',
  'external-key.added',
  'external-key.edited',
  'external-key.removed',
  'role.created',
  'role.edited',
  'role.deleted',
  'member.invited',
  'member.joined',
  'member.edited',
  'member.removed',
  'settings.changed',
  'account.created',
  'instance.set-up',
  'access.refused',
] as const satisfies readonly AuditAction[];
