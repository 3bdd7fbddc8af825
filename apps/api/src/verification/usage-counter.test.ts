import type { TokenUsage } from '@latchkey/core';
import { describe, expect, it } from 'vitest';
import { makeUsageCounter } from './usage-counter.ts';

const token = { tokenId: 'token', keyId: 'key' };
const beforeMidnight = new Date('2026-03-31T23:59:59.990Z');
const later = new Date('2026-03-31T23:59:59.999Z');
const midnight = new Date('2026-04-01T00:00:00.000Z');

/** A counter with what it wrote. */
function makeCounter() {
  const written: TokenUsage[] = [];
  const errors: unknown[] = [];
  const store = { isDown: false };
  const counter = makeUsageCounter(
    {
      async addUsage(usage) {
        if (store.isDown) throw new Error('down');
        written.push(...usage.map((item) => ({ ...item })));
      },
    },
    (error) => errors.push(error),
  );
  const counts = () =>
    written.reduce<Record<string, number>>((days, { day, count }) => {
      days[day] = (days[day] ?? 0) + count;
      return days;
    }, {});
  return { counter, written, errors, store, counts };
}

describe('the usage counter', () => {
  it('counts each use once, on a tally or by its token, in one batch', async () => {
    const { counter, written } = makeCounter();
    const tally = counter.tallyOf(token);
    counter.countOn(tally, beforeMidnight);
    counter.count({ ...token, at: beforeMidnight });
    counter.countOn(tally, beforeMidnight);
    await counter.close();
    expect(written).toEqual([
      { ...token, day: '2026-03-31', count: 3, lastUsedAt: beforeMidnight },
    ]);
  });

  it('counts on the day of each use, also when one tally goes on past midnight', async () => {
    const { counter, counts } = makeCounter();
    const tally = counter.tallyOf(token);
    for (const at of [beforeMidnight, beforeMidnight, midnight]) counter.countOn(tally, at);
    await counter.flush();
    counter.countOn(tally, midnight);
    await counter.close();
    expect(counts()).toEqual({ '2026-03-31': 2, '2026-04-01': 2 });
  });

  it('keeps what cannot be written, and writes it once when it can', async () => {
    const { counter, counts, errors, store, written } = makeCounter();
    const tally = counter.tallyOf(token);
    store.isDown = true;
    counter.countOn(tally, beforeMidnight);
    await counter.flush();
    counter.countOn(tally, later);
    await counter.flush();
    store.isDown = false;
    await counter.flush();
    await counter.close();
    expect(counts()).toEqual({ '2026-03-31': 2 });
    expect(written[0]?.lastUsedAt).toEqual(later);
    expect(errors).toHaveLength(2);
  });
});
