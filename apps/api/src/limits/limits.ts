import type { Refusal } from '@latchkey/core';
import { makeAttemptLimit, type AttemptLimit } from './attempt-limit.ts';
import type { MakeLimiter } from './limiter.ts';
import { networkOf } from './network.ts';

/**
 * Links that were no longer available, from one address in 15 minutes. A link cannot be guessed: this bounds the look-ups, and is high, since
 * many readers can share an address.
 */
const goneLinks = { most: 3000, seconds: 15 * 60 };

/** Asking for links to choose a new password: each that leads to somebody is a mail to them. In an hour. */
const askedResets = { perAddress: 30, perEmail: 5, seconds: 60 * 60 };

/** What callers may do, and how often. Every limit answers 429 with the seconds to wait. */
export interface Limits {
  /** At passwords, codes and invitations. */
  attempts: AttemptLimit;
  /** Takes note of a change. @param who asks, as the kind and id of a member or key. @returns the refusal after too many. */
  write(who: string): Promise<Refusal | undefined>;
  /** Takes note that somebody asks for a link to choose a new password. @returns the refusal after too many, whoever is registered. */
  askReset(email: string, from: string | null): Promise<Refusal | undefined>;
  /** Takes note that a link is being opened. @returns the refusal after too many that were gone. */
  openLink(from: string | null): Promise<Refusal | undefined>;
  /** It was there: it does not count. */
  foundLink(from: string | null): Promise<void>;
}

function refuseAfter(retryAfter: number, detail: string): Refusal | undefined {
  return retryAfter > 0 ? { code: 'RATE_LIMITED', detail, retryAfter } : undefined;
}

/**
 * Makes the limits.
 *
 * @param writesPerMinute of one member or key; 0 for no limit.
 */
export function makeLimits(makeLimiter: MakeLimiter, writesPerMinute: number): Limits {
  const writes = writesPerMinute > 0 ? makeLimiter('write', writesPerMinute, 60) : undefined;
  const links = makeLimiter('link', goneLinks.most, goneLinks.seconds);
  const { seconds } = askedResets;
  const resetsByAddress = makeLimiter('reset-address', askedResets.perAddress, seconds);
  const resetsByEmail = makeLimiter('reset-email', askedResets.perEmail, seconds);
  return {
    attempts: makeAttemptLimit(makeLimiter),
    write: async (who) =>
      refuseAfter((await writes?.take(who)) ?? 0, 'Too many changes at once. Wait, then go on.'),
    askReset: async (email, from) =>
      refuseAfter(
        (await resetsByAddress.take(networkOf(from))) || (await resetsByEmail.take(email)),
        'That was asked for too often. Look into your mailbox, or wait, then try again.',
      ),
    openLink: async (from) =>
      refuseAfter(
        await links.take(networkOf(from)),
        'Too many links that are no longer available. Wait, then try again.',
      ),
    foundLink: async (from) => links.giveBack(networkOf(from)),
  };
}
