import type { Store, TokenUsage, UsageCounter } from '@latchkey/core';

/** How often counts are written, in milliseconds: at most this much is lost in a crash. */
const flushInterval = 5000;

const millisecondsADay = 24 * 60 * 60 * 1000;

/** A token whose uses are counted in place, for as long as somebody holds on to it. */
export interface Tally {
  readonly tokenId: string;
  readonly keyId: string;
  /** Since it was last gathered, all of one UTC day. */
  uses: number;
  lastUsedAt: Date;
}

/** Counts in memory and writes in batches, so that no answer waits for it. */
export interface BatchedUsageCounter extends UsageCounter {
  /** A tally for whoever expects the same token again: to count on it takes no look-up. */
  tallyOf(token: { tokenId: string; keyId: string }): Tally;
  /** Counts one use on a tally. */
  countOn(tally: Tally, at: Date): void;
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** Stops counting by the clock and writes the rest: call it before the store is closed. */
  close(): Promise<void>;
}

const dayNumber = (at: Date) => Math.floor(at.getTime() / millisecondsADay);

/**
 * Makes the counter and starts its clock.
 *
 * @param onError hears of a batch that could not be written; its counts stay for the next.
 */
export function makeUsageCounter(
  keys: Pick<Store['keys'], 'addUsage'>,
  onError: (error: unknown) => void,
): BatchedUsageCounter {
  /** Tallies with uses. */
  let used = new Set<Tally>();
  /** Those of the uses that come one by one, by token. */
  let tallies = new Map<string, Tally>();
  /** What is gathered to be written, by day and token. */
  let gathered = new Map<string, TokenUsage>();
  let writing: Promise<void> = Promise.resolve();

  function add(usage: TokenUsage): void {
    const id = `${usage.day} ${usage.tokenId}`;
    const before = gathered.get(id);
    if (!before) {
      gathered.set(id, { ...usage });
      return;
    }
    before.count += usage.count;
    if (usage.lastUsedAt > before.lastUsedAt) before.lastUsedAt = usage.lastUsedAt;
  }

  function gather(tally: Tally): void {
    const { tokenId, keyId, uses, lastUsedAt } = tally;
    tally.uses = 0;
    add({ tokenId, keyId, day: lastUsedAt.toISOString().slice(0, 10), count: uses, lastUsedAt });
  }

  function tallyOf({ tokenId, keyId }: { tokenId: string; keyId: string }): Tally {
    return { tokenId, keyId, uses: 0, lastUsedAt: new Date(0) };
  }

  function countOn(tally: Tally, at: Date): void {
    if (tally.uses === 0) used.add(tally);
    else if (dayNumber(at) !== dayNumber(tally.lastUsedAt)) gather(tally);
    tally.uses += 1;
    tally.lastUsedAt = at;
  }

  async function write(): Promise<void> {
    for (const tally of used) gather(tally);
    used = new Set();
    tallies = new Map();
    if (gathered.size === 0) return;
    const batch = [...gathered.values()];
    gathered = new Map();
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
      let tally = tallies.get(tokenId);
      if (!tally) {
        tally = tallyOf({ tokenId, keyId });
        tallies.set(tokenId, tally);
      }
      countOn(tally, at);
    },
    tallyOf,
    countOn,
    flush,
    async close() {
      clearInterval(clock);
      await flush();
    },
  };
}
