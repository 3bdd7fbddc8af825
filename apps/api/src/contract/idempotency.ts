/** What became of a request that named an idempotency key. */
export type IdempotencyClaim =
  | { state: 'new' }
  | { state: 'running'; fingerprint: string }
  | { state: 'done'; fingerprint: string; response: Uint8Array };

/** Remembers requests by their idempotency key, so that each is done once. */
export interface IdempotencyRecords {
  /**
   * Takes the key for a request: `new` for exactly one caller, who must then complete or forget it.
   *
   * @param scope who named the key: keys of different scopes have nothing to do with each other.
   * @param fingerprint what was asked; comparing it with the one that comes back is the caller's affair.
   */
  claim(scope: string, keyHash: string, fingerprint: string, now: Date): Promise<IdempotencyClaim>;
  /** Keeps the response. @param response sealed: the store never learns what is in it. */
  complete(scope: string, keyHash: string, response: Uint8Array): Promise<void>;
  /** Gives the key back, as if it had never been claimed. */
  forget(scope: string, keyHash: string): Promise<void>;
  /** Erases what was claimed before a time. @returns how many. */
  eraseOlderThan(time: Date): Promise<number>;
}
