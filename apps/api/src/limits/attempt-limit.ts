import type { Refusal } from '@latchkey/core';
import type { MakeLimiter } from './limiter.ts';
import { networkOf } from './network.ts';

/**
 * Failed attempts before whoever tries has to wait: from one address at one secret, from one address at any, and from anywhere at one.
 * The last is high, since it lets a stranger keep the rightful one waiting too.
 */
const attempts = { perAddressAndSubject: 10, perAddress: 50, perSubject: 200 };

/** How long they wait, and how long failures are remembered, in seconds. */
const window = 15 * 60;

/** Limits attempts at a password, a set-up code or an invitation: by whom they aim at, and by where they come from. */
export interface AttemptLimit {
  /**
   * Takes note of an attempt before it is made, so that many at the same time are no way around the limit. It counts as failed until
   * it succeeds.
   *
   * @returns the refusal after too many failures, or `undefined`.
   */
  begin(subject: string, from: string | null): Promise<Refusal | undefined>;
  /** Takes the attempt back. A success also forgets the failures from here at this subject. */
  succeed(subject: string, from: string | null): Promise<void>;
  /** Forgets the failures from here at this subject: who they are was proved by another way. */
  forget(subject: string, from: string | null): Promise<void>;
  /** Takes back an attempt that neither failed nor succeeded, and forgets nothing: half of the proof is no success. */
  takeBack(subject: string, from: string | null): Promise<void>;
}

/** Makes the limit. */
export function makeAttemptLimit(makeLimiter: MakeLimiter): AttemptLimit {
  const byBoth = makeLimiter('both', attempts.perAddressAndSubject, window);
  const byAddress = makeLimiter('address', attempts.perAddress, window);
  const bySubject = makeLimiter('subject', attempts.perSubject, window);
  const both = (subject: string, from: string | null) => `${networkOf(from)} ${subject}`;

  return {
    async begin(subject, from) {
      const retryAfter =
        (await byAddress.take(networkOf(from))) ||
        (await byBoth.take(both(subject, from))) ||
        (await bySubject.take(subject));
      return retryAfter > 0
        ? {
            code: 'RATE_LIMITED',
            detail: 'Too many failed attempts. Wait, then try again.',
            retryAfter,
          }
        : undefined;
    },
    async succeed(subject, from) {
      await byBoth.forget(both(subject, from));
      await bySubject.giveBack(subject);
      await byAddress.giveBack(networkOf(from));
    },
    forget: async (subject, from) => byBoth.forget(both(subject, from)),
    async takeBack(subject, from) {
      await byBoth.giveBack(both(subject, from));
      await bySubject.giveBack(subject);
      await byAddress.giveBack(networkOf(from));
    },
  };
}
