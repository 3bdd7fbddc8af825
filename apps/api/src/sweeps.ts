import {
  completeDueRenewals,
  eraseExpiredLinks,
  eraseOldNotifications,
  resealWebhookSecrets,
  sendDueMails,
  tellDueAlerts,
  type Ports,
  type SendLetter,
  type SendWebhook,
} from '@latchkey/core';
import { reportScope, type IdempotencyRecords } from './contract/idempotency.ts';
import type { PasskeyRecords } from './contract/passkeys.ts';
import type { PasswordResetRecords } from './contract/password-resets.ts';
import { makeWebhookRunner } from './webhooks/webhook-runner.ts';

/** How often each is looked at, in milliseconds. */
const intervals = {
  renewals: 1000,
  alerts: 5000,
  mails: 1000,
  webhooks: 1000,
  links: 60_000,
  challenges: 60_000,
  passwordResets: 60_000,
  idempotency: 600_000,
  notifications: 3_600_000,
  webhookSecrets: 3_600_000,
};

/** How many mails a node takes on at once. */
const mailBatch = 5;

/** How long answers are kept to be given again, in milliseconds: a day. */
const idempotencyLifetime = 24 * 60 * 60 * 1000;

/** How long it is known that a report of uses was written down, in milliseconds: each remote verifier sends one every few seconds. */
const reportLifetime = 60 * 60 * 1000;

/** What is kept for a while, besides what the core knows of. */
export interface ExpiringRecords {
  idempotency: IdempotencyRecords;
  passkeys: PasskeyRecords;
  passwordResets: PasswordResetRecords;
}

/** Ends the sweeps, after the one that is under way. */
export type StopSweeps = () => Promise<void>;

/**
 * Starts what happens by itself: scheduled completions, alerts, mail, webhooks and the sealing of their secrets, the erasure of expired
 * links and challenges, old answers and notifications. Safe on every node at once.
 *
 * @param onError hears of a sweep that failed; the next one tries again.
 * @param sendLetter absent where no mail is set up.
 */
export function startSweeps(
  ports: Ports,
  { idempotency, passkeys, passwordResets }: ExpiringRecords,
  onError: (error: unknown) => void,
  sendWebhook: SendWebhook,
  sendLetter?: SendLetter,
): StopSweeps {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const every = (interval: number, sweep: () => Promise<unknown>): NodeJS.Timeout => {
    let busy = false;
    const run = async () => {
      if (busy) return;
      busy = true;
      try {
        await sweep();
      } catch (error) {
        onError(error);
      }
      busy = false;
    };
    const begin = () => {
      const swept = run().finally(() => running.delete(swept));
      running.add(swept);
    };
    // What came due while nobody ran waits no longer.
    begin();
    return setInterval(begin, interval);
  };
  const completeAllDue = async () => {
    while (!stopping.signal.aborted && (await completeDueRenewals(ports)) > 0);
  };
  const mailAllDue = async () => {
    if (!sendLetter) return;
    while (!stopping.signal.aborted && (await sendDueMails(ports, sendLetter, mailBatch)) > 0);
  };
  const webhooks = makeWebhookRunner(ports, sendWebhook, onError);
  const clocks = [
    every(intervals.alerts, async () => tellDueAlerts(ports)),
    every(intervals.mails, mailAllDue),
    every(intervals.webhooks, webhooks.run),
    every(intervals.webhookSecrets, async () => resealWebhookSecrets(ports)),
    every(intervals.notifications, async () => eraseOldNotifications(ports)),
    every(intervals.renewals, completeAllDue),
    every(intervals.links, async () => eraseExpiredLinks(ports)),
    every(intervals.challenges, async () => passkeys.eraseExpiredChallenges(ports.clock.now())),
    every(intervals.passwordResets, async () => passwordResets.eraseExpired(ports.clock.now())),
    every(intervals.idempotency, async () => {
      const now = ports.clock.now().getTime();
      await idempotency.eraseOlderThan(new Date(now - idempotencyLifetime));
      await idempotency.eraseOlderThan(new Date(now - reportLifetime), reportScope);
    }),
  ];
  return async () => {
    stopping.abort();
    clocks.forEach(clearInterval);
    await Promise.all([...running, webhooks.stop()]);
  };
}
