import type { Actor } from '../permissions/actor.ts';

/** Everything that an audit event can tell of. */
export const auditActions = [
  'instance.set-up',
  'account.created',
  'settings.changed',
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
  'role.created',
  'role.edited',
  'role.deleted',
  'member.invited',
  'member.joined',
  'member.edited',
  'member.removed',
  'external-key.added',
  'external-key.edited',
  'external-key.removed',
  'webhook.created',
  'webhook.edited',
  'webhook.secret-replaced',
  'webhook.deleted',
  'webhook.tested',
  'webhook.resent',
  'webhook.disabled',
  'mail-preference.changed',
  'access.refused',
  'sign-in.failed',
  'sign-in.password-changed',
  'sign-in.password-reset',
  'sign-in.passkey-added',
  'sign-in.passkey-removed',
  'sign-in.app-added',
  'sign-in.app-removed',
  'sign-in.codes-replaced',
  'sign-in.identity-connected',
  'sign-in.identity-disconnected',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What is told about a change. Never holds a secret. */
export type AuditDetails = Record<string, string | number | boolean | null | readonly string[]>;

/** Who did it. */
export interface AuditActor {
  kind: Actor['kind'];
  /** The member's or key's id; `null` for a reader and for Latchkey itself. */
  id: string | null;
  /** What a person recognises them by: an e-mail address, a key identifier. */
  name: string;
}

/** Who did what to what, when, from where. Append-only. */
export interface AuditEvent {
  id: string;
  accountId: string;
  /** 1, 2, 3 … in each account without a gap: a missing row shows. */
  sequence: number;
  at: Date;
  actor: AuditActor;
  action: AuditAction;
  /** The key it was done to, if it was done to one. */
  keyId: string | null;
  /** The identifier or name of what it was done to. */
  subject: string;
  details: AuditDetails;
  /** The client's address; `null` for what Latchkey does by itself. */
  from: string | null;
  /** The hash of the account's event before this one; empty for the first. */
  previousHash: string;
  /** SHA-256 over all of the above: see {@link hashEvent}. */
  hash: string;
}
