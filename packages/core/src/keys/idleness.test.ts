import { describe, expect, it } from 'vitest';
import { birth } from '../testing/keys.ts';
import { idleAfter, usageState } from './idleness.ts';

const used = { lastUsedAt: birth };
const after = (milliseconds: number) => new Date(birth.getTime() + milliseconds);

describe('the use of a key', () => {
  it('is idle from 90 days after the last use on, to the millisecond', () => {
    expect(usageState(used, after(idleAfter - 1))).toBeUndefined();
    expect(usageState(used, after(idleAfter))).toBe('idle');
  });

  it('is told apart from that of a key that was never used', () => {
    expect(usageState({ lastUsedAt: null }, after(10 * idleAfter))).toBe('never');
  });
});
