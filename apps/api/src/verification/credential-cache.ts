import type { CredentialRepository, StoredCredential } from '@latchkey/core';
import { FreshCache, Gate, type Entry } from '@latchkey/fresh-cache';
import type { MissLimit } from '../limits/miss-limit.ts';
import type { Traffic } from './traffic.ts';

/** How many credentials the cache holds: those that grant something, and all other answers. */
const limits = { positive: 100_000, negative: 20_000 };

/**
 * How many look-ups the store has to do at the same time, and how many wait for their turn: a flood of unknown tokens leaves most of the
 * pool's connections to everybody else, and fills no memory.
 */
const lookUpsAtOnce = { running: 4, waiting: 1000 };

/** The same of those who come from where too many unknown tokens came from: they take one of these places. */
const lookUpsOverLimit = { running: 1, waiting: 100 };

/** Too many unknown tokens came from there, and this is another one. */
export class LimitedError extends Error {
  override name = 'LimitedError';
  /** In seconds. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('Too many unknown tokens came from there.');
    this.retryAfter = retryAfter;
  }
}

/** What is known of a presented token: a stored credential, or that there is none. */
export type Sighting = Entry<StoredCredential | undefined>;

/** The look-up of the verification path, kept in memory for as long as the store vouches for it. */
export interface CredentialCache extends CredentialRepository {
  /**
   * As `find`, with what tells later whether it still holds.
   *
   * @param from the client's address, read only when the store has to be asked; without it nothing is limited.
   * @throws {LimitedError} when the store knows nothing, and too much of that was asked from there.
   */
  see(tokenHashes: readonly string[], account?: string, from?: () => string): Promise<Sighting>;
  /** Whether a sighting still holds. */
  holds(sighting: Sighting): boolean;
  /** How long ago a sighting was last known to hold, in milliseconds. */
  age(sighting: Sighting): number;
  /** A key changed, or the roles and grants of an account did. */
  changed(change: { accountId: string; keyId: string | null }): void;
  /** Changes may have been missed. */
  lost(): void;
  /** Every change before this moment of `performance.now()` was told. */
  confirmed(at: number): void;
}

/** Whether an account's roles and grants have a part in what is known: those of the owner, or of whoever granted something to an external key. */
function dependsOn(credential: StoredCredential | undefined, id: string, accountId: string) {
  return credential !== undefined && (credential.ownerId === accountId || isForAccount(id));
}

const separator = ' ';
const isForAccount = (id: string) => id.includes(separator);

/**
 * Puts a cache in front of the look-up. Whoever asks about what is not known while too many others wait is turned away: `CrowdedError`.
 *
 * @param staleness in milliseconds: the oldest that it serves while the changes of other nodes cannot be heard; `0` keeps nothing.
 * @param traffic is told of every look-up.
 * @param misses is told of those that found nothing.
 */
export function makeCredentialCache(
  credentials: CredentialRepository,
  staleness: number,
  traffic: Pick<Traffic, 'lookUps'>,
  misses: Pick<MissLimit, 'note' | 'wait'>,
): CredentialCache {
  const gate = new Gate(lookUpsAtOnce);
  const narrowGate = new Gate(lookUpsOverLimit);
  const cache = new FreshCache<StoredCredential | undefined>({ ...limits, staleness });

  async function lookUp(tokenHashes: readonly string[], account?: string) {
    return gate.pass(async () => {
      traffic.lookUps += 1;
      return credentials.find(tokenHashes, account);
    });
  }

  async function see(
    tokenHashes: readonly string[],
    account?: string,
    from?: () => string,
  ): Promise<Sighting> {
    // The hash under the signing secret names the token, whichever secret it was stored under.
    const [hash = ''] = tokenHashes;
    const id = account === undefined ? hash : `${hash}${separator}${account}`;
    const known = cache.get(id);
    if (known) return known;
    const address = from?.();
    const wait = address === undefined ? 0 : misses.wait(address);
    const sighting = await cache.load(id, async () => {
      const read = async () => lookUp(tokenHashes, account);
      const value = await (wait > 0 ? narrowGate.pass(read) : read());
      const positive = Boolean(value?.roles);
      if (!positive && address !== undefined) misses.note(address);
      return { value, positive, subject: value?.keyId ?? null };
    });
    // Whoever holds a valid credential is answered, whatever else came from there.
    if (wait > 0 && !sighting.positive) throw new LimitedError(wait);
    return sighting;
  }

  return {
    see,
    find: async (tokenHashes, account) => (await see(tokenHashes, account)).value,
    holds: (sighting) => cache.isFresh(sighting),
    age: (sighting) => cache.age(sighting),
    changed({ accountId, keyId }) {
      if (keyId === null) cache.dropWhere(({ id, value }) => dependsOn(value, id, accountId));
      else cache.dropSubject(keyId);
    },
    lost: () => cache.dropAll(),
    confirmed: (at) => cache.confirm(at),
  };
}
