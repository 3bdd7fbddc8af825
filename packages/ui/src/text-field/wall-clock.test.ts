import { describe, expect, it } from 'vitest';
import { fromWallClock, toWallClock } from './wall-clock.ts';

describe('the clock of a time zone', () => {
  it.each([
    ['UTC', '2026-12-01T09:00'],
    ['America/Sao_Paulo', '2026-12-01T06:00'],
    ['Asia/Kolkata', '2026-12-01T14:30'],
    ['Pacific/Kiritimati', '2026-12-01T23:00'],
  ])('shows in %s what it shows there, and is read back', (zone, wall) => {
    expect(toWallClock(new Date('2026-12-01T09:00:00Z'), 'minute', zone)).toBe(wall);
    expect(fromWallClock(wall, 'minute', zone)).toBe('2026-12-01T09:00:00.000Z');
  });

  it('ends a day where the day ends in that zone', () => {
    expect(fromWallClock('2026-12-31', 'date', 'America/Sao_Paulo')).toBe(
      '2027-01-01T02:59:59.999Z',
    );
    const ending = new Date('2027-01-01T02:59:59.999Z');
    expect(toWallClock(ending, 'date', 'America/Sao_Paulo')).toBe('2026-12-31');
  });

  it('follows a change of the clock', () => {
    expect(fromWallClock('2026-03-29T01:30', 'minute', 'Europe/Lisbon')).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    // Skipped there: the clock goes from 00:59 to 02:00.
    expect(fromWallClock('2026-03-29T01:30', 'minute', 'Europe/Madrid')).toBe(
      '2026-03-29T00:30:00.000Z',
    );
    expect(fromWallClock('2026-03-29T02:30', 'minute', 'Europe/Madrid')).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    // Shown twice: the first of the two.
    expect(fromWallClock('2026-10-25T02:30', 'minute', 'Europe/Madrid')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('says of what is no date that it is none', () => {
    expect(fromWallClock('2026-13-01', 'date', 'UTC')).toBeNull();
  });
});
