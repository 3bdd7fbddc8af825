import type { FailureCounter, FailureCounts } from '@latchkey/core';

/** How often counts are written, in milliseconds. */
const flushInterval = 5000;

/** How many identifiers are counted between two writings: whoever makes them up fills no memory. */
const mostIdentifiers = 10_000;

/** Counts in memory and hands over in batches, so that no answer waits for it. */
export interface BatchedFailureCounter extends FailureCounter {
  /** Hands over what was counted since the last time. */
  flush(): Promise<void>;
  /** Stops counting by the clock and hands over the rest: call it before the store is closed. */
  close(): Promise<void>;
}

/**
 * Makes the counter and starts its clock.
 *
 * @param write takes the counts.
 * @param onError hears of counts that could not be written; they are dropped, since the next hint comes soon enough.
 */
export function makeFailureCounter(
  write: (counts: FailureCounts) => Promise<void>,
  onError: (error: unknown) => void,
): BatchedFailureCounter {
  let counted = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const batch = counted;
    if (batch.size > 0) {
      counted = new Map();
      writing = writing.then(async () => write(batch)).catch(onError);
    }
    return writing;
  }

  const clock = setInterval(() => void flush(), flushInterval);
  clock.unref();
  return {
    count(key) {
      const before = counted.get(key);
      if (before !== undefined || counted.size < mostIdentifiers) {
        counted.set(key, (before ?? 0) + 1);
      }
    },
    flush,
    async close() {
      clearInterval(clock);
      await flush();
    },
  };
}
