import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKey, aToken } from '../testing/keys.ts';
import { ageingSince, monthsLater, renewalAlert } from './alert.ts';

const createdAt = (time: string) => ({
  currentToken: aToken('current', { createdAt: new Date(time) }),
  renewal: { state: 'none' } as const,
});

const alertAt = (created: string, period: 3 | 6, now: string) =>
  renewalAlert(createdAt(created), period, new Date(now));

describe('the renewal alert', () => {
  it.each([
    [3, '2026-04-15T11:59:59.999Z', 'none'],
    [3, '2026-04-15T12:00:00.000Z', 'due'],
    [3, '2026-07-15T11:59:59.999Z', 'due'],
    [3, '2026-07-15T12:00:00.000Z', 'overdue'],
    [6, '2026-07-15T11:59:59.999Z', 'none'],
    [6, '2026-07-15T12:00:00.000Z', 'due'],
    [6, '2026-10-15T11:59:59.999Z', 'due'],
    [6, '2026-10-15T12:00:00.000Z', 'overdue'],
    [6, '2036-10-15T12:00:00.000Z', 'overdue'],
  ] as const)('with a period of %i months is, at %s, %s', (period, now, alert) => {
    expect(alertAt('2026-01-15T12:00:00.000Z', period, now)).toBe(alert);
  });

  it('counts calendar months, not days', () => {
    expect(alertAt('2026-02-01T00:00:00Z', 3, '2026-05-01T00:00:00Z')).toBe('due');
    expect(alertAt('2026-07-01T00:00:00Z', 3, '2026-09-30T23:59:59Z')).toBe('none');
    expect(alertAt('2026-07-01T00:00:00Z', 3, '2026-10-01T00:00:00Z')).toBe('due');
  });

  it('falls on the last day of a month that lacks the day', () => {
    expect(alertAt('2026-11-30T10:00:00Z', 3, '2027-02-28T09:59:59.999Z')).toBe('none');
    expect(alertAt('2026-11-30T10:00:00Z', 3, '2027-02-28T10:00:00Z')).toBe('due');
    expect(alertAt('2026-08-31T10:00:00Z', 3, '2026-11-30T09:59:59.999Z')).toBe('none');
    expect(alertAt('2026-08-31T10:00:00Z', 3, '2026-11-30T10:00:00Z')).toBe('due');
    expect(alertAt('2026-08-31T10:00:00Z', 6, '2027-02-28T10:00:00Z')).toBe('due');
    expect(alertAt('2026-08-31T10:00:00Z', 6, '2027-05-31T09:59:59.999Z')).toBe('due');
    expect(alertAt('2026-08-31T10:00:00Z', 6, '2027-05-31T10:00:00Z')).toBe('overdue');
  });

  it('knows leap years', () => {
    expect(alertAt('2027-11-29T10:00:00Z', 3, '2028-02-29T09:59:59Z')).toBe('none');
    expect(alertAt('2027-11-29T10:00:00Z', 3, '2028-02-29T10:00:00Z')).toBe('due');
    expect(alertAt('2028-02-29T10:00:00Z', 3, '2028-05-29T09:59:59Z')).toBe('none');
    expect(alertAt('2028-02-29T10:00:00Z', 3, '2028-05-29T10:00:00Z')).toBe('due');
  });

  it('counts in UTC, wherever the server stands', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
        process.env['TZ'] = zone;
        const since = new Date('2026-01-31T23:30:00Z');
        expect(monthsLater(since, 1)).toEqual(new Date('2026-02-28T23:30:00Z'));
        expect(monthsLater(since, 3)).toEqual(new Date('2026-04-30T23:30:00Z'));
        expect(monthsLater(since, 6)).toEqual(new Date('2026-07-31T23:30:00Z'));
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('counts from the old token while a renewal is pending, and from the current one after', () => {
    const old = aToken('old', { createdAt: new Date('2026-01-15T12:00:00Z') });
    const fresh = aToken('new', { createdAt: new Date('2026-05-01T12:00:00Z') });
    const now = new Date('2026-05-02T12:00:00Z');
    const pending = aKey({
      currentToken: fresh,
      renewal: { state: 'pending', oldToken: old, startedAt: fresh.createdAt, completeAt: null },
    });
    expect(ageingSince(pending)).toBe(old.createdAt);
    expect(renewalAlert(pending, 3, now)).toBe('due');
    expect(renewalAlert({ ...pending, renewal: { state: 'none' } }, 3, now)).toBe('none');
  });

  it('never goes back as time goes on, at whatever hour of whatever month', () => {
    const order = ['none', 'due', 'overdue'];
    const times = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2029-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, times, times, fc.constantFrom(3, 6), (since, one, other, period) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const key = createdAt(since.toISOString());
        const at = (now: Date) => order.indexOf(renewalAlert(key, period, now));
        expect(at(earlier)).toBeLessThanOrEqual(at(later));
      }),
      { numRuns: 2000 },
    );
  });

  it('falls on the same day and hour, months later, whenever there is such a day', () => {
    const times = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2029-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, fc.constantFrom(3, 6), (since, period) => {
        const later = new Date(since);
        later.setUTCMonth(later.getUTCMonth() + period);
        fc.pre(later.getUTCDate() === since.getUTCDate());
        const justBefore = new Date(later.getTime() - 1);
        const key = createdAt(since.toISOString());
        expect(renewalAlert(key, period, later)).toBe('due');
        expect(renewalAlert(key, period, justBefore)).toBe('none');
      }),
      { numRuns: 2000 },
    );
  });
});
