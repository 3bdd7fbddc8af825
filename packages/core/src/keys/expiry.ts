import { refuseField } from '../result.ts';
import type { ApiKey } from './key.ts';

/** How long before its expiry a key is about to expire, in milliseconds: 14 days. */
export const expirySoon = 14 * 24 * 60 * 60 * 1000;

/** What a key's expiry asks attention for: it comes soon, or it is past. */
export const expiryStates = ['soon', 'expired'] as const;
export type ExpiryState = (typeof expiryStates)[number];

/** Whether a key is past its expiry. */
export function isExpired(key: Pick<ApiKey, 'expiresAt'>, now: Date): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}

/** Whether a key's expiry is near or past; `undefined` while it is far, or never comes. */
export function expiryState(key: Pick<ApiKey, 'expiresAt'>, now: Date): ExpiryState | undefined {
  if (key.expiresAt === null) return undefined;
  if (isExpired(key, now)) return 'expired';
  return key.expiresAt.getTime() - now.getTime() <= expirySoon ? 'soon' : undefined;
}

/** The refusal for an expiry that is not in the future, or `undefined`. */
export function checkExpiry(expiresAt: Date | null, now: Date) {
  return isExpired({ expiresAt }, now)
    ? refuseField('expiresAt', 'The expiry must be in the future.')
    : undefined;
}
