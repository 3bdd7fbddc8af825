import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth, hoursLater } from '../testing/keys.ts';
import {
  decideDelivery,
  decideEndpoint,
  mostAttempts,
  patienceWithEndpoint,
  retryDelay,
  type AttemptOutcome,
} from './attempts.ts';
import type { Delivery, Webhook } from './webhook.ts';

const aDelivery = (given: Partial<Delivery> = {}): Delivery => ({
  id: 'delivery',
  accountId: 'account',
  webhookId: 'webhook',
  notificationId: 'notification',
  type: 'key.deleted',
  state: 'pending',
  attempts: 1,
  nextAttemptAt: birth,
  lastAttemptAt: null,
  lastStatus: null,
  lastError: null,
  createdAt: birth,
  ...given,
});

const aWebhook = (given: Partial<Webhook> = {}): Webhook => ({
  id: 'webhook',
  accountId: 'account',
  url: 'https://hooks.example/latchkey',
  description: '',
  types: ['key.deleted'],
  state: 'active',
  secret: new Uint8Array(),
  formerSecret: null,
  failingSince: null,
  createdAt: birth,
  version: 1,
  ...given,
});

/** Every attempt of one delivery to an endpoint that always answers the same: the waits between, and what became of both. */
function liveThrough(outcome: AttemptOutcome, chance: () => number) {
  let now = birth;
  let delivery = aDelivery({ attempts: 0 });
  let webhook = aWebhook();
  const waits: number[] = [];
  while (delivery.nextAttemptAt) {
    waits.push(delivery.nextAttemptAt.getTime() - now.getTime());
    now = delivery.nextAttemptAt;
    const claimed = { ...delivery, attempts: delivery.attempts + 1 };
    delivery = decideDelivery(claimed, outcome, now, chance());
    webhook = decideEndpoint(webhook, delivery, now);
  }
  return { delivery, webhook, waits, lasted: now.getTime() - birth.getTime() };
}

describe('the attempts of a delivery', () => {
  it('wait 10 s, 40 s, 160 s … and at most a day', () => {
    const seconds = Array.from({ length: 9 }, (_, made) => retryDelay(made + 1, 0.5) / 1000);
    expect(seconds).toEqual([10, 40, 160, 640, 2560, 10_240, 40_960, 86_400, 86_400]);
  });

  it('end with the first 2xx', () => {
    for (const status of [200, 202, 204, 299]) {
      const { delivery, waits } = liveThrough({ status }, () => 0);
      expect([delivery.state, delivery.lastStatus, waits.length]).toEqual(['succeeded', status, 1]);
    }
  });

  it.each([{ status: 302 }, { status: 400 }, { status: 503 }, { error: 'TIMED_OUT' as const }])(
    'are ten over some two and a half days when the answer is %o, and then the endpoint is disabled, whatever chance says',
    (outcome) => {
      const hour = 60 * 60 * 1000;
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 10 }),
          (chances) => {
            let drawn = 0;
            const lived = liveThrough(outcome, () => chances[drawn++ % chances.length] ?? 0);
            expect(lived.waits).toHaveLength(mostAttempts);
            expect(lived.delivery.state).toBe('failed');
            expect(lived.webhook.state).toBe('disabled');
            expect(lived.lasted).toBeGreaterThanOrEqual(patienceWithEndpoint);
            expect(lived.lasted).toBeLessThan(77 * hour);
            for (const [made, wait] of lived.waits.slice(1).entries()) {
              const middle = retryDelay(made + 1, 0.5);
              expect(Math.abs(wait - middle)).toBeLessThanOrEqual(middle * 0.2 + 1);
            }
          },
        ),
      );
    },
  );

  it('are over at once for an endpoint that is gone, and it is disabled', () => {
    const { delivery, webhook, waits } = liveThrough({ status: 410 }, () => 0);
    expect([delivery.state, webhook.state, waits.length]).toEqual(['failed', 'disabled', 1]);
  });

  it('disable no endpoint that took something meanwhile', () => {
    const last = aDelivery({ attempts: mostAttempts });
    const failed = decideDelivery(last, { status: 500 }, hoursLater(60), 0);
    const mended = aWebhook({ failingSince: hoursLater(50) });
    expect(decideEndpoint(mended, failed, hoursLater(60))).toBe(mended);
    const well = decideDelivery(aDelivery(), { status: 200 }, hoursLater(51), 0);
    expect(decideEndpoint(mended, well, hoursLater(51)).failingSince).toBeNull();
  });

  it('leave a paused endpoint paused', () => {
    const paused = aWebhook({ state: 'paused', failingSince: birth });
    const failed = decideDelivery(aDelivery(), { status: 410 }, hoursLater(1), 0);
    expect(decideEndpoint(paused, failed, hoursLater(1)).state).toBe('paused');
  });
});
