import type { ApiKey } from '../keys/key.ts';
import { linkState, withoutOpenLink, type Link } from '../links/link.ts';
import { ok, refuse, refuseField, type Result } from '../result.ts';
import type { Token } from '../tokens/token.ts';
import { longestSchedule } from './renewal.ts';

const noPendingRenewal = refuse(
  'NO_PENDING_RENEWAL',
  'This key has no pending renewal. Renew it first.',
);

/**
 * Whether and how a key's token can be renewed. A delivered token is kept as the old one; an undelivered one is replaced,
 * and an old token beside it goes on working.
 *
 * @param fresh the new token and its link.
 * @param completeAt when the old token is to be deleted by itself; `null` for when an admin says so. Without it a pending renewal
 * keeps the time that it has.
 */
export function decideRenewal(
  key: ApiKey,
  fresh: { token: Token; link: Link },
  completeAt: Date | null | undefined,
  now: Date,
): Result<ApiKey> {
  if (key.link && linkState(key.link, now) === 'open') {
    return refuse(
      'RENEWAL_LINK_OPEN',
      'The newest link of this key is still open. Withdraw it or undo the renewal first.',
    );
  }
  const { currentToken, renewal } = key;
  const delivered = currentToken.deliveredAt !== null;
  if (renewal.state === 'pending' && delivered) {
    return refuse('RENEWAL_PENDING', 'This renewal is pending. Complete it or undo it first.');
  }
  const renewed = { ...key, currentToken: fresh.token, link: fresh.link };
  if (renewal.state === 'pending') {
    const kept = completeAt === undefined ? renewal.completeAt : completeAt;
    return ok({ ...renewed, renewal: { ...renewal, completeAt: kept } });
  }
  return ok(
    delivered
      ? {
          ...renewed,
          renewal: {
            state: 'pending',
            oldToken: currentToken,
            startedAt: now,
            completeAt: completeAt ?? null,
          },
        }
      : renewed,
  );
}

/** Completes a renewal: the old token is gone. */
export function decideCompletion(key: ApiKey): Result<ApiKey> {
  return key.renewal.state === 'pending'
    ? ok({ ...key, renewal: { state: 'none' } })
    : noPendingRenewal;
}

/**
 * Completes a renewal whose scheduled time has come; otherwise the very same key. A new token that nobody received yet is waited for:
 * to delete the old one before would leave nobody with a token that works.
 */
export function decideDueCompletion(key: ApiKey, now: Date): ApiKey {
  const { currentToken, renewal } = key;
  return renewal.state === 'pending' &&
    renewal.completeAt &&
    renewal.completeAt <= now &&
    currentToken.deliveredAt
    ? { ...key, renewal: { state: 'none' } }
    : key;
}

/** Undoes a renewal: the new token is gone, its open link withdrawn, and the old token is the current one again. */
export function decideUndo(key: ApiKey, now: Date): Result<ApiKey> {
  return key.renewal.state === 'pending'
    ? ok({
        ...withoutOpenLink(key, now),
        currentToken: key.renewal.oldToken,
        renewal: { state: 'none' },
      })
    : noPendingRenewal;
}

/** Says when a pending renewal completes by itself; `null` takes that back. */
export function decideSchedule(key: ApiKey, completeAt: Date | null): Result<ApiKey> {
  return key.renewal.state === 'pending'
    ? ok({ ...key, renewal: { ...key.renewal, completeAt } })
    : noPendingRenewal;
}

/** The refusal for a scheduled completion that is not within the next 90 days, or `undefined`. */
export function checkSchedule(completeAt: Date | null | undefined, now: Date) {
  if (!completeAt) return undefined;
  const ahead = completeAt.getTime() - now.getTime();
  return ahead > 0 && ahead <= longestSchedule
    ? undefined
    : refuseField('completeAt', 'Choose a time in the future, at most 90 days ahead.');
}
