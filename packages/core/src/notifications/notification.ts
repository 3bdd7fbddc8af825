import type { ManagementPermission } from '../permissions/permission.ts';

/** A key as a notification names it. Never holds a secret. */
export interface KeyReference {
  id: string;
  /** The identifier. */
  key: string;
  name: string;
}

/** An endpoint as a notification names it: its path may hold a secret of the receiver's. */
export interface WebhookReference {
  id: string;
  host: string;
}

/** What there is to tell, by type. Times are RFC 3339 in UTC. */
export type Told =
  | {
      type: 'key.renewal_due' | 'key.renewal_overdue';
      data: { key: KeyReference; tokenCreatedAt: string };
    }
  | { type: 'key.expiring' | 'key.expired'; data: { key: KeyReference; expiresAt: string } }
  | { type: 'key.deleted'; data: { key: KeyReference; actor: string } }
  | {
      type: 'key.verification_failures';
      data: { key: KeyReference; failures: number; since: string };
    }
  | { type: 'account.verification_failures'; data: { failures: number; since: string } }
  | { type: 'link.tried_again'; data: { key: KeyReference; from: string | null } }
  | { type: 'member.owner_added'; data: { member: string; actor: string } }
  | { type: 'webhook.disabled' | 'webhook.test'; data: { webhook: WebhookReference } };

/** Something that an account is told of: by webhooks and by mail. */
export type Notification = Told & { id: string; accountId: string; at: Date };

/** What a webhook can ask for; a test goes to the endpoint that is tested. */
export const notificationTypes = [
  'key.renewal_due',
  'key.renewal_overdue',
  'key.expiring',
  'key.expired',
  'key.deleted',
  'key.verification_failures',
  'account.verification_failures',
  'link.tried_again',
  'member.owner_added',
  'webhook.disabled',
] as const satisfies readonly Told['type'][];

export type NotificationType = (typeof notificationTypes)[number];

/** Hints about the age and the expiry of keys: mailed in one digest a day, where all else is mailed at once. */
export const alertTypes = [
  'key.renewal_due',
  'key.renewal_overdue',
  'key.expiring',
  'key.expired',
] as const satisfies readonly NotificationType[];

export type AlertType = (typeof alertTypes)[number];

export function isAlert(type: Told['type']): type is AlertType {
  return (alertTypes as readonly string[]).includes(type);
}

/** The permission with which one learns of it: who may act on it, or read of it in the audit log. */
export const audiences = {
  'key.renewal_due': 'keys.renew',
  'key.renewal_overdue': 'keys.renew',
  'key.expiring': 'keys.edit',
  'key.expired': 'keys.edit',
  'key.deleted': 'audit.view',
  'key.verification_failures': 'audit.view',
  'account.verification_failures': 'audit.view',
  'link.tried_again': 'audit.view',
  'member.owner_added': 'members.edit',
  'webhook.disabled': 'keys.settings',
} as const satisfies Record<NotificationType, ManagementPermission>;
