import type { Store, TokenUsage, UsageCounter } from '@latchkey/core';

/** How often counts are written, in milliseconds: at most this much is lost in a crash. */
const flushInterval = 5000;

const millisecondsADay = 24 * 60 * 60 * 1000;

/** Counts in memory and writes in batches, so that no answer waits for it. */
export interface BatchedUsageCounter extends UsageCounter {
  /** Adds what somebody else counted. */
  add(usage: TokenUsage): void;
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** Stops counting by the clock and writes the rest: call it before the store is closed. */
  close(): Promise<void>;
}

/** The UTC day of a moment. Nearly every moment is of the same day as the one before. */
function makeCalendar(): (at: Date) => string {
  let number = Number.NaN;
  let day = '';
  return (at) => {
    const current = Math.floor(at.getTime() / millisecondsADay);
    if (current !== number) {
      number = current;
      day = at.toISOString().slice(0, 10);
    }
    return day;
  };
}

/**
 * Makes the counter and starts its clock.
 *
 * @param onError hears of a batch that could not be written; its counts stay for the next.
 */
export function makeUsageCounter(
  keys: Pick<Store['keys'], 'addUsage'>,
  onError: (error: unknown) => void,
): BatchedUsageCounter {
  const dayOf = makeCalendar();
  /** By day and token. */
  let counted = new Map<string, Map<string, TokenUsage>>();
  let writing: Promise<void> = Promise.resolve();

  function countsOf(day: string): Map<string, TokenUsage> {
    let counts = counted.get(day);
    if (!counts) {
      counts = new Map();
      counted.set(day, counts);
    }
    return counts;
  }

  function add(usage: TokenUsage): void {
    const counts = countsOf(usage.day);
    const before = counts.get(usage.tokenId);
    if (!before) {
      counts.set(usage.tokenId, usage);
      return;
    }
    before.count += usage.count;
    if (usage.lastUsedAt > before.lastUsedAt) before.lastUsedAt = usage.lastUsedAt;
  }

  async function write(): Promise<void> {
    const batch = [...counted.values()].flatMap((counts) => [...counts.values()]);
    if (batch.length === 0) return;
    counted = new Map();
    try {
      await keys.addUsage(batch);
    } catch (error) {
      batch.forEach(add);
      onError(error);
    }
  }

  async function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  const clock = setInterval(() => void flush(), flushInterval);
  clock.unref();
  return {
    count({ tokenId, keyId, at }) {
      const day = dayOf(at);
      const before = countsOf(day).get(tokenId);
      if (!before) {
        add({ tokenId, keyId, day, count: 1, lastUsedAt: at });
        return;
      }
      before.count += 1;
      if (at > before.lastUsedAt) before.lastUsedAt = at;
    },
    add,
    flush,
    async close() {
      clearInterval(clock);
      await flush();
    },
  };
}
