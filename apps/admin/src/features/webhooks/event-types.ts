import type { Webhook } from '../../lib/api.ts';
import type { ManagementPermission } from '../roles/permission-name.ts';

export type EventType = Webhook['types'][number];

/** What a webhook can be told of, and what one needs to learn of it oneself. */
export const eventTypes = {
  'key.deleted': 'audit.view',
  'key.renewal_due': 'keys.renew',
  'key.renewal_overdue': 'keys.renew',
  'key.expiring': 'keys.edit',
  'key.expired': 'keys.edit',
  'key.verification_failures': 'audit.view',
  'account.verification_failures': 'audit.view',
  'link.tried_again': 'audit.view',
  'member.owner_added': 'members.edit',
  'webhook.disabled': 'keys.settings',
} as const satisfies Record<EventType, ManagementPermission>;

/** The host of a webhook: what it is called by, since its path may hold a secret of the receiver's. */
export function hostOf({ url }: Pick<Webhook, 'url'>): string {
  return new URL(url).host;
}
