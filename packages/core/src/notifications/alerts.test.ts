import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKey, aToken } from '../testing/keys.ts';
import { currentAlerts } from './alerts.ts';
import { digestPeriod, nextDigest } from './mail.ts';

const day = 24 * 60 * 60 * 1000;

const times = fc.date({
  min: new Date('2024-01-01'),
  max: new Date('2028-01-01'),
  noInvalidDate: true,
});

/** Moments at which a sweep looks, in order. */
const sweeps = fc
  .array(times, { minLength: 1, maxLength: 40 })
  .map((moments) => moments.sort((a, b) => a.getTime() - b.getTime()));

/** Counts calendar months by hand: the same day of the month, or the last that there is. */
function monthsAfter(time: Date, months: number): number {
  const month = time.getUTCMonth() + months;
  const last = new Date(Date.UTC(time.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const date = Math.min(time.getUTCDate(), last);
  const timeOfDay = time.getTime() % day;
  return Date.UTC(time.getUTCFullYear(), month, date) + ((timeOfDay + day) % day);
}

describe('alerts', () => {
  it('hold from the moments that the calendar gives, for any token, period and expiry', () => {
    fc.assert(
      fc.property(
        times,
        fc.option(times),
        fc.constantFrom(3 as const, 6 as const),
        times,
        (createdAt, expiresAt, period, now) => {
          const key = aKey({ currentToken: aToken('current', { createdAt }), expiresAt });
          const at = now.getTime();
          const types = currentAlerts(key, period, now).map(({ told }) => told.type);
          const expected = [];
          if (at >= monthsAfter(createdAt, period + 3)) expected.push('key.renewal_overdue');
          else if (at >= monthsAfter(createdAt, period)) expected.push('key.renewal_due');
          if (expiresAt && at >= expiresAt.getTime()) expected.push('key.expired');
          else if (expiresAt && at >= expiresAt.getTime() - 14 * day) expected.push('key.expiring');
          expect(types).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are each told once, at the first sweep after they began to hold, however the sweeps fall', () => {
    fc.assert(
      fc.property(
        times,
        fc.option(times),
        fc.constantFrom(3 as const, 6 as const),
        sweeps,
        (createdAt, expiresAt, period, moments) => {
          const key = aKey({ currentToken: aToken('current', { createdAt }), expiresAt });
          const once = new Set<string>();
          const told: unknown[] = [];
          for (const now of moments) {
            for (const alert of currentAlerts(key, period, now)) {
              const known = once.size;
              if (once.add(`${alert.told.type} ${alert.about}`).size > known) {
                told.push([alert.told.type, now]);
              }
            }
          }
          const due = monthsAfter(createdAt, period);
          const overdue = monthsAfter(createdAt, period + 3);
          const expiry = expiresAt?.getTime() ?? Infinity;
          const spans = [
            ['key.renewal_due', due, overdue],
            ['key.renewal_overdue', overdue, Infinity],
            ['key.expiring', expiry - 14 * day, expiry],
            ['key.expired', expiry, Infinity],
          ] as const;
          const expected = spans.flatMap(([type, from, until]) => {
            const at = moments.find((now) => now.getTime() >= from && now.getTime() < until);
            return at ? [[type, at]] : [];
          });
          expect(told).toHaveLength(expected.length);
          expect(told).toEqual(expect.arrayContaining(expected));
        },
      ),
    );
  });

  it('are told of a new token and of another expiry, and of no other change', () => {
    const createdAt = new Date('2026-01-31T10:00:00Z');
    const now = new Date('2026-05-01T00:00:00Z');
    const key = aKey({ currentToken: aToken('first', { createdAt }) });
    const about = (of: typeof key, period: 3 | 6 = 3) =>
      currentAlerts(of, period, now).map((alert) => alert.about);
    expect(about(key)).toEqual(['first 3']);
    expect(about({ ...key, name: 'Renamed', status: 'inactive' })).toEqual(['first 3']);
    expect(about(key, 6)).toEqual([]);
    const fresh = aToken('second', { createdAt: now });
    const pending = { state: 'pending', oldToken: key.currentToken, startedAt: now } as const;
    const renewed = { ...key, currentToken: fresh, renewal: { ...pending, completeAt: null } };
    expect(about(renewed)).toEqual(['first 3']);
    expect(about({ ...renewed, renewal: { state: 'none' } })).toEqual([]);
    const expiresAt = new Date('2026-05-15T00:00:00Z');
    expect(about({ ...key, expiresAt })).toEqual(['first 3', '2026-05-15T00:00:00.000Z']);
    expect(about({ ...key, expiresAt: new Date(expiresAt.getTime() + 1) })).toEqual(['first 3']);
  });
});

describe('a digest', () => {
  it('is sent at 07:00 UTC after each of its alerts, within a day, and every alert is in one', () => {
    fc.assert(
      fc.property(times, (at) => {
        const until = nextDigest(at);
        expect(until.toISOString().slice(11)).toBe('07:00:00.000Z');
        const period = digestPeriod(until);
        expect(period.from <= at && at < period.until).toBe(true);
      }),
    );
  });
});
