import type { NotificationType, Told, WebhookReference } from './notification.ts';

/** Where an account wants to be told of things. */
export interface Webhook {
  id: string;
  accountId: string;
  url: string;
  /** At most 300 characters; empty when there is none. */
  description: string;
  /** What it is told of. */
  types: readonly NotificationType[];
  /** Only an active one is sent anything. What there is to tell meanwhile waits. */
  state: WebhookState;
  /** The signing secret, sealed under the server's. */
  secret: Uint8Array;
  /** The secret before it, which signs too until a time; `null` when it was never replaced. */
  formerSecret: { secret: Uint8Array; until: Date } | null;
  /** The first failure since the last success; `null` while all is well. */
  failingSince: Date | null;
  createdAt: Date;
  /** Counts the changes an admin made; two admins who edit the same version do not overwrite each other. */
  version: number;
}

export const webhookStates = ['active', 'paused', 'disabled'] as const;
/** `disabled` is what Latchkey makes of one that failed for long; an admin makes it active again. */
export type WebhookState = (typeof webhookStates)[number];

/** How many endpoints an account can have. */
export const mostWebhooks = 20;

/** How long a replaced secret goes on signing beside the new one, in milliseconds: a day to bring the receiver up to date. */
export const secretOverlap = 24 * 60 * 60 * 1000;

export function webhookReference({ id, url }: Pick<Webhook, 'id' | 'url'>): WebhookReference {
  return { id, host: new URL(url).host };
}

export const deliveryStates = ['pending', 'succeeded', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an attempt got no answer. */
export const deliveryErrors = [
  'UNRESOLVED',
  'ADDRESS_REFUSED',
  'UNREACHABLE',
  'TLS_FAILED',
  'TIMED_OUT',
  'SECRET_LOST',
] as const;
export type DeliveryError = (typeof deliveryErrors)[number];

/** One notification on its way to one endpoint. */
export interface Delivery {
  id: string;
  accountId: string;
  webhookId: string;
  notificationId: string;
  type: Told['type'];
  state: DeliveryState;
  /** How many were begun since it was last asked for. */
  attempts: number;
  /** `null` when it is over. While an attempt is under way: when another node takes it for lost. */
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  /** The HTTP status of the last answer. */
  lastStatus: number | null;
  lastError: DeliveryError | null;
  createdAt: Date;
}
