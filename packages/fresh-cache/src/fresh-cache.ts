import { BoundedMap, type Kept } from './bounded-map.ts';

/** How much a cache holds, and for how long without word from its source. */
export interface CacheLimits {
  /** Entries that say yes. */
  positive: number;
  /** Entries that say no: bounded apart, so that a flood of them drives out none of the others. */
  negative: number;
  /** In milliseconds: the oldest that is served while nobody confirms that nothing changed. `0` serves nothing. */
  staleness: number;
}

/** What was read from the source. */
export interface Reading<Value> {
  value: Value;
  positive: boolean;
  /** What a change names to end this entry, the key's id; `null` when no change does. */
  subject: string | null;
  /** How old it was already when it was read, in milliseconds: the source may have it from another cache. */
  age?: number;
}

/** What the cache keeps. `live` turns false for good when the entry is dropped or makes room. */
export interface Entry<Value> extends Kept, Readonly<Omit<Reading<Value>, 'age'>> {
  readonly id: string;
  /** When it was known to be so: when the reading began, or earlier, on the cache's clock. */
  readonly readAt: number;
  live: boolean;
}

/** A reading under way. */
interface UnderWay<Value> {
  /** The number of the last change before it began. */
  readonly since: number;
  readonly entry: Promise<{ entry: Entry<Value>; overtakenBy: number }>;
}

/** A change that came in while something was read. */
interface Passed<Value> {
  readonly number: number;
  readonly concerns: (entry: Entry<Value>) => boolean;
}

/**
 * A bounded cache in front of a source that tells of its changes. An entry is served while the source was known to be unchanged
 * within `staleness`: since the entry was read, or since the stream of changes was last confirmed. A reading that began before
 * a change of what it reads is given to those who asked before the change, and is never kept.
 */
export class FreshCache<Value> {
  readonly #positive: BoundedMap<Entry<Value>>;
  readonly #negative: BoundedMap<Entry<Value>>;
  readonly #bySubject = new Map<string, Set<Entry<Value>>>();
  readonly #staleness: number;
  readonly #now: () => number;
  /** In the order in which they began. */
  readonly #underWay = new Map<string, UnderWay<Value>>();
  /** The changes since the oldest reading under way began. */
  #passed: Passed<Value>[] = [];
  #changes = 0;
  #confirmedAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds on a clock that never goes back and runs on while the process is paused. */
  constructor(limits: CacheLimits, now: () => number = () => performance.now()) {
    const evict = (entry: Entry<Value>) => this.#forget(entry);
    this.#positive = new BoundedMap(limits.positive, evict);
    this.#negative = new BoundedMap(limits.negative, evict);
    this.#staleness = limits.staleness;
    this.#now = now;
  }

  /** How many entries it holds. */
  get size(): { positive: number; negative: number } {
    return { positive: this.#positive.size, negative: this.#negative.size };
  }

  /** How long ago an entry was last known to be what the source says, in milliseconds. @param now on the cache's clock. */
  age(entry: Entry<Value>, now: number = this.#now()): number {
    return now - Math.max(this.#confirmedAt, entry.readAt);
  }

  /** Whether an entry may be served. @param now on the cache's clock. */
  isFresh(entry: Entry<Value>, now: number = this.#now()): boolean {
    return entry.live && this.age(entry, now) < this.#staleness;
  }

  /** The entry under an id, if it may be served. @param now on the cache's clock. */
  get(id: string, now: number = this.#now()): Entry<Value> | undefined {
    const entry = this.find(id);
    return entry !== undefined && this.isFresh(entry, now) ? entry : undefined;
  }

  /** The entry under an id, however old. */
  find(id: string): Entry<Value> | undefined {
    const entry = this.#positive.get(id) ?? this.#negative.get(id);
    if (entry !== undefined) entry.used = true;
    return entry;
  }

  /** Reads an entry from the source and keeps it. Who asks for the same at the same time waits for the same reading. */
  async load(id: string, read: () => Promise<Reading<Value>>): Promise<Entry<Value>> {
    for (;;) {
      const asked = this.#changes;
      const underWay = this.#underWay.get(id) ?? this.#begin(id, read);
      const { entry, overtakenBy } = await underWay.entry;
      // Only when it is read does it show whether a change before the question was one of it.
      if (overtakenBy > asked) return entry;
    }
  }

  /** Ends every entry about a subject. */
  dropSubject(subject: string): void {
    this.#pass((entry) => entry.subject === subject);
    for (const entry of this.#bySubject.get(subject) ?? []) this.#remove(entry);
  }

  /** Ends every entry that the test names. */
  dropWhere(test: (entry: Entry<Value>) => boolean): void {
    this.#pass(test);
    for (const kept of [this.#positive, this.#negative]) {
      for (const entry of kept.values()) if (test(entry)) this.#remove(entry);
    }
  }

  /** Ends every entry: changes may have been missed. */
  dropAll(): void {
    this.#pass(() => true);
    for (const kept of [this.#positive, this.#negative]) {
      for (const entry of kept.values()) entry.live = false;
      kept.clear();
    }
    this.#bySubject.clear();
  }

  /** Every change that happened before this moment of the cache's clock has been told. */
  confirm(at: number): void {
    if (at > this.#confirmedAt) this.#confirmedAt = at;
  }

  #begin(id: string, read: () => Promise<Reading<Value>>): UnderWay<Value> {
    const since = this.#changes;
    const entry = this.#read(id, since, read).finally(() => {
      this.#underWay.delete(id);
      const [oldest] = this.#underWay.values();
      const needed = this.#passed.findIndex(({ number }) => oldest && number > oldest.since);
      this.#passed = needed === -1 ? [] : this.#passed.slice(needed);
    });
    const underWay = { since, entry };
    this.#underWay.set(id, underWay);
    return underWay;
  }

  async #read(id: string, since: number, read: () => Promise<Reading<Value>>) {
    const begunAt = this.#now();
    const { value, positive, subject, age = 0 } = await read();
    const readAt = begunAt - age;
    const entry: Entry<Value> = { id, value, positive, subject, readAt, used: false, live: true };
    const overtaking = this.#passed.find(
      ({ number, concerns }) => number > since && concerns(entry),
    );
    if (overtaking) entry.live = false;
    else this.#keep(entry);
    return { entry, overtakenBy: overtaking?.number ?? Infinity };
  }

  #keep(entry: Entry<Value>): void {
    const before = this.#positive.get(entry.id) ?? this.#negative.get(entry.id);
    if (before) this.#remove(before);
    (entry.positive ? this.#positive : this.#negative).set(entry.id, entry);
    if (entry.subject === null) return;
    const alike = this.#bySubject.get(entry.subject);
    if (alike) alike.add(entry);
    else this.#bySubject.set(entry.subject, new Set([entry]));
  }

  #remove(entry: Entry<Value>): void {
    (entry.positive ? this.#positive : this.#negative).remove(entry.id, entry);
    this.#forget(entry);
  }

  #forget(entry: Entry<Value>): void {
    entry.live = false;
    if (entry.subject === null) return;
    const alike = this.#bySubject.get(entry.subject);
    alike?.delete(entry);
    if (alike?.size === 0) this.#bySubject.delete(entry.subject);
  }

  /** A change: whoever asks about it from here on must not be given what was read before. */
  #pass(concerns: (entry: Entry<Value>) => boolean): void {
    this.#changes += 1;
    if (this.#underWay.size > 0) this.#passed.push({ number: this.#changes, concerns });
  }
}
