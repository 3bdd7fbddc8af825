import cluster from 'node:cluster';
import type { Refusal } from '@latchkey/core';
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

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
  /** Takes back an attempt that neither failed nor succeeded, and forgets nothing: half of the proof is no success. */
  takeBack(subject: string, from: string | null): Promise<void>;
}

/** Keeps counts in this process's memory, or in that of the process that started this worker and its siblings. */
function makeLimiter(keyPrefix: string, points: number): RateLimiterMemory | RateLimiterCluster {
  const options = { keyPrefix, points, duration: window };
  return cluster.isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options);
}

/** Makes the limit of this node. */
export function makeAttemptLimit(): AttemptLimit {
  const byBoth = makeLimiter('both', attempts.perAddressAndSubject);
  const byAddress = makeLimiter('address', attempts.perAddress);
  const bySubject = makeLimiter('subject', attempts.perSubject);
  const both = (subject: string, from: string | null) => `${from ?? ''} ${subject}`;
  /** The seconds to wait; 0 when the attempt may be made. */
  const take = async (
    limiter: RateLimiterMemory | RateLimiterCluster,
    place: string,
  ): Promise<number> => {
    try {
      await limiter.consume(place);
      return 0;
    } catch (state) {
      if (state instanceof RateLimiterRes) return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
      throw state;
    }
  };

  return {
    async begin(subject, from) {
      const retryAfter =
        (await take(byAddress, from ?? '')) ||
        (await take(byBoth, both(subject, from))) ||
        (await take(bySubject, subject));
      return retryAfter > 0
        ? {
            code: 'RATE_LIMITED',
            detail: 'Too many failed attempts. Wait, then try again.',
            retryAfter,
          }
        : undefined;
    },
    async succeed(subject, from) {
      await byBoth.delete(both(subject, from));
      await bySubject.reward(subject);
      await byAddress.reward(from ?? '');
    },
    async takeBack(subject, from) {
      await byBoth.reward(both(subject, from));
      await bySubject.reward(subject);
      await byAddress.reward(from ?? '');
    },
  };
}
