import type { Store } from '@latchkey/core';

/** What the scope of each report of uses begins with. */
export const reportScope = 'usage ';

/** A request that took its idempotency key. */
export interface Claim {
  scope: string;
  keyHash: string;
  /** Which of the requests that had the key: another one may take it over. */
  attempt: string;
}

/** What became of a request that named an idempotency key. */
export type IdempotencyClaim =
  | { state: 'new'; claim: Claim }
  | { state: 'running' }
  | { state: 'done'; response: Uint8Array }
  /** It was done, and whoever did it came to no answer that could be kept. */
  | { state: 'lost' }
  /** The key came with another request. */
  | { state: 'reused' };

/** Somebody else took the key over meanwhile: nothing of this transaction may stay. */
export class ClaimTakenOver extends Error {
  override name = 'ClaimTakenOver';
}

/** Remembers requests by their idempotency key, so that each is done once. */
export interface IdempotencyRecords {
  /**
   * Takes the key for a request: `new` for exactly one caller, who must then complete or forget it. A key that was taken a minute ago
   * and led to nothing yet may be taken over: whoever had it is gone, or too late.
   *
   * @param scope who named the key: keys of different scopes have nothing to do with each other.
   * @param fingerprints what was asked, under each of the server's secrets, the signing one first.
   */
  claim(
    scope: string,
    keyHash: string,
    fingerprints: readonly [string, ...string[]],
    now: Date,
  ): Promise<IdempotencyClaim>;
  /**
   * Transactions that commit what they change together with the note that it was done: not one without the other.
   *
   * @throws {ClaimTakenOver} and rolls back when another request has the key by now.
   */
  transactionOf(claim: Claim): Store['transaction'];
  /** Keeps the response. @param response sealed: the store never learns what is in it. */
  complete(claim: Claim, response: Uint8Array): Promise<void>;
  /** Gives the key back, as if it had never been claimed, unless something was done. */
  forget(claim: Claim): Promise<void>;
  /** Erases what was claimed before a time. @param scopes what the scopes begin with: all without it. @returns how many. */
  eraseOlderThan(time: Date, scopes?: string): Promise<number>;
}
