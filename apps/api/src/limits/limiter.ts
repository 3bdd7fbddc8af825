import cluster from 'node:cluster';
import type { Crypto } from '@latchkey/core';
import {
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

/** Counts what is taken from a place, in a window that begins with the first. */
export interface Limiter {
  /** Takes some, one where nothing is said. @returns the seconds to wait; 0 when there were so many to take. */
  take(place: string, points?: number): Promise<number>;
  /** Gives one back that was taken for nothing. */
  giveBack(place: string): Promise<void>;
  /** Forgets all that was taken. */
  forget(place: string): Promise<void>;
}

/** Runs a statement where all nodes count together. */
export interface SharedCounts {
  query(statement: { text: string; values: readonly unknown[] }): Promise<{ rows: object[] }>;
}

/**
 * Makes a limiter.
 *
 * @param name tells its counts from those of others.
 * @param most may be taken in a window.
 * @param seconds a window lasts.
 */
export type MakeLimiter = (name: string, most: number, seconds: number) => Limiter;

/**
 * Makes what makes limiters: their counts are in PostgreSQL where nodes share one, or else in this process's memory, or in that of the
 * process that started this worker and its siblings.
 *
 * @param shared where all nodes count together; `undefined` where there is one machine.
 * @param crypto places are addresses of people and machines: only a hash of each is kept.
 */
export function makeLimiters(
  shared: SharedCounts | undefined,
  crypto: Pick<Crypto, 'sha256'>,
): MakeLimiter {
  function open(name: string, points: number, duration: number): RateLimiterAbstract {
    const options = { keyPrefix: name, points, duration };
    if (shared) {
      return new RateLimiterPostgres({
        ...options,
        storeClient: shared,
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
      });
    }
    return cluster.isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options);
  }

  return (name, most, seconds) => {
    const limiter = open(name, most, seconds);
    return {
      async take(place, points = 1) {
        try {
          await limiter.consume(crypto.sha256(place), points);
          return 0;
        } catch (state) {
          if (!(state instanceof RateLimiterRes)) throw state;
          return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
        }
      },
      async giveBack(place) {
        await limiter.reward(crypto.sha256(place));
      },
      async forget(place) {
        await limiter.delete(crypto.sha256(place));
      },
    };
  };
}
