import type { Delivery, DeliveryError, Webhook } from './webhook.ts';

/** What came of an attempt: the HTTP status of the answer, or why there was none. */
export type AttemptOutcome = { status: number } | { error: DeliveryError };

/** How many attempts a delivery gets. */
export const mostAttempts = 10;

const firstDelay = 10_000;
const factor = 4;
const longestDelay = 24 * 60 * 60 * 1000;

/** The part of a delay that chance decides, so that what failed together does not come back together. */
const jitter = 0.4;

/**
 * For how long a failing endpoint is tried before it is disabled, in milliseconds: 48 hours, a little less than the ten attempts of
 * one delivery take at the least.
 */
export const patienceWithEndpoint = 48 * 60 * 60 * 1000;

/**
 * How long to wait after a failed attempt: 10 s, 40 s, 160 s … and at most a day, so that the ten attempts take some two and a half days.
 *
 * @param attempts how many were made.
 * @param chance in [0, 1).
 * @returns milliseconds, up to a fifth more or less.
 */
export function retryDelay(attempts: number, chance: number): number {
  const delay = Math.min(firstDelay * factor ** (attempts - 1), longestDelay);
  return Math.round(delay * (1 - jitter / 2 + jitter * chance));
}

/** Whether the receiver took it: any 2xx. A redirection is a failure; nobody follows it. */
export function isTaken(outcome: AttemptOutcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}

/** The receiver's way to say that it wants no more: 410 Gone. */
const gone = 410;

/** What an attempt makes of a delivery. @param chance in [0, 1). */
export function decideDelivery(
  delivery: Delivery,
  outcome: AttemptOutcome,
  now: Date,
  chance: number,
): Delivery {
  const attempted = {
    ...delivery,
    lastAttemptAt: now,
    lastStatus: 'status' in outcome ? outcome.status : null,
    lastError: 'error' in outcome ? outcome.error : null,
  };
  if (isTaken(outcome)) return { ...attempted, state: 'succeeded', nextAttemptAt: null };
  if (attempted.lastStatus === gone || delivery.attempts >= mostAttempts) {
    return { ...attempted, state: 'failed', nextAttemptAt: null };
  }
  const nextAttemptAt = new Date(now.getTime() + retryDelay(delivery.attempts, chance));
  return { ...attempted, state: 'pending', nextAttemptAt };
}

/** What an attempt makes of the endpoint; the very same when nothing. @param delivery after the attempt. */
export function decideEndpoint(webhook: Webhook, delivery: Delivery, now: Date): Webhook {
  if (delivery.state === 'succeeded') {
    return webhook.failingSince === null ? webhook : { ...webhook, failingSince: null };
  }
  const failingSince = webhook.failingSince ?? now;
  const failedLong = now.getTime() - failingSince.getTime() >= patienceWithEndpoint;
  const isOver = delivery.lastStatus === gone || (delivery.state === 'failed' && failedLong);
  if (isOver && webhook.state === 'active') return { ...webhook, failingSince, state: 'disabled' };
  return webhook.failingSince === null ? { ...webhook, failingSince } : webhook;
}
