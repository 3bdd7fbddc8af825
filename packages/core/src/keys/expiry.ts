import { refuseField } from '../result.ts';
import type { ApiKey } from './key.ts';

/** Whether a key is past its expiry. */
export function isExpired(key: Pick<ApiKey, 'expiresAt'>, now: Date): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}

/** The refusal for an expiry that is not in the future, or `undefined`. */
export function checkExpiry(expiresAt: Date | null, now: Date) {
  return isExpired({ expiresAt }, now)
    ? refuseField('expiresAt', 'The expiry must be in the future.')
    : undefined;
}
