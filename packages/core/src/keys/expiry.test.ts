import { describe, expect, it } from 'vitest';
import { checkExpiry, expirySoon, expiryState, isExpired } from './expiry.ts';

const expiresAt = new Date('2026-03-15T12:00:00.000Z');
const at = (time: string) => new Date(time);

describe('a key’s expiry', () => {
  it('never comes by default', () => {
    expect(isExpired({ expiresAt: null }, at('9999-12-31T00:00:00Z'))).toBe(false);
  });

  it('comes at its moment and not before', () => {
    expect(isExpired({ expiresAt }, at('2026-03-15T11:59:59.999Z'))).toBe(false);
    expect(isExpired({ expiresAt }, expiresAt)).toBe(true);
  });

  it('is near from 14 days before on, to the millisecond', () => {
    const before = (milliseconds: number) => new Date(expiresAt.getTime() - milliseconds);
    expect(expiryState({ expiresAt }, before(expirySoon + 1))).toBeUndefined();
    expect(expiryState({ expiresAt }, before(expirySoon))).toBe('soon');
    expect(expiryState({ expiresAt }, before(1))).toBe('soon');
    expect(expiryState({ expiresAt }, expiresAt)).toBe('expired');
    expect(expiryState({ expiresAt: null }, expiresAt)).toBeUndefined();
  });

  it('must be in the future when it is set', () => {
    expect(checkExpiry(expiresAt, at('2026-03-15T11:59:59.999Z'))).toBeUndefined();
    expect(checkExpiry(expiresAt, expiresAt)?.refusal.code).toBe('VALIDATION_FAILED');
    expect(checkExpiry(null, expiresAt)).toBeUndefined();
  });
});
