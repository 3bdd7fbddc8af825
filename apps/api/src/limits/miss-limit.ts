import { BoundedMap, type Kept } from '@latchkey/fresh-cache';
import type { MakeLimiter } from './limiter.ts';
import { networkOf } from './network.ts';

/** How often counts are handed over, in milliseconds: by so much a flood may outrun the limit. */
const flushInterval = 1000;

/** How long misses are remembered, in seconds. */
const window = 60;

/** How many networks are counted, and how many known to be over the limit, at the same time: whoever has many fills no memory. */
const mostNetworks = 10_000;

/** Limits the unknown tokens that come from one network. */
export interface MissLimit {
  /** The seconds until a network may miss again; 0 while it may. */
  wait(from: string): number;
  /** Takes note that somebody came from there with a token that nobody knows. */
  note(from: string): void;
  /** Hands over what was counted since the last time. */
  flush(): Promise<void>;
  /** Stops counting by the clock. Call it before the store is closed. */
  close(): Promise<void>;
}

interface Over extends Kept {
  /** On the clock of `performance.now()`. */
  until: number;
}

/**
 * Makes the limit and starts its clock. Misses are counted in memory and handed over in batches, so that a flood of them is none of writes.
 *
 * @param perMinute how many one network has; 0 for no limit.
 * @param onError hears of counts that could not be handed over; they are dropped.
 */
export function makeMissLimit(
  makeLimiter: MakeLimiter,
  perMinute: number,
  onError: (error: unknown) => void,
): MissLimit {
  const limiter = perMinute > 0 ? makeLimiter('miss', perMinute, window) : undefined;
  const over = new BoundedMap<Over>(mostNetworks);
  let counted = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();

  async function handOver(): Promise<void> {
    const batch = counted;
    counted = new Map();
    for (const [network, misses] of batch) {
      // In turn: whoever has many networks gets one connection.
      const wait = (await limiter?.take(network, misses)) ?? 0;
      if (wait > 0) over.set(network, { until: performance.now() + wait * 1000, used: false });
    }
  }

  function waitOf(network: string): number {
    const known = over.get(network);
    if (!known) return 0;
    const left = known.until - performance.now();
    if (left > 0) return Math.ceil(left / 1000);
    over.remove(network, known);
    return 0;
  }

  async function flush(): Promise<void> {
    writing = writing.then(handOver).catch(onError);
    return writing;
  }

  const clock = setInterval(() => void flush(), flushInterval);
  clock.unref();
  return {
    wait: (from) => waitOf(networkOf(from)),
    note(from) {
      const network = networkOf(from);
      if (!limiter || waitOf(network) > 0) return;
      const before = counted.get(network);
      if (before !== undefined || counted.size < mostNetworks) {
        counted.set(network, (before ?? 0) + 1);
      }
    },
    flush,
    async close() {
      clearInterval(clock);
      await writing;
    },
  };
}
