import { expect, it } from 'vitest';
import { fillDays } from './daily-calls.ts';

const now = Date.parse('2026-03-02T00:30:00Z');

it('shows the last days without a gap, today last', () => {
  expect(fillDays([{ day: '2026-02-28', count: 4 }], now, 4)).toEqual([
    { day: '2026-02-27', count: 0 },
    { day: '2026-02-28', count: 4 },
    { day: '2026-03-01', count: 0 },
    { day: '2026-03-02', count: 0 },
  ]);
});

it('leaves out what lies further back', () => {
  expect(fillDays([{ day: '2026-02-01', count: 9 }], now, 2).map(({ count }) => count)).toEqual([
    0, 0,
  ]);
});
