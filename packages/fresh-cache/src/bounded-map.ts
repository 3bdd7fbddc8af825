/** What a {@link BoundedMap} keeps. Whoever reads it marks it, which costs less than moving it. */
export interface Kept {
  used: boolean;
}

/** How many values get a second chance for one that needs room: where all are used, one of them goes all the same. */
const chances = 16;

/** A map that makes room by itself: the oldest goes that was not used since it was last looked over. */
export class BoundedMap<Value extends Kept> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;
  readonly #onEvicted: (value: Value, id: string) => void;

  /**
   * @param limit how many values it holds at the most.
   * @param onEvicted hears of a value that had to make room.
   */
  constructor(limit: number, onEvicted: (value: Value, id: string) => void = () => undefined) {
    this.#limit = limit;
    this.#onEvicted = onEvicted;
  }

  get size(): number {
    return this.#values.size;
  }

  get(id: string): Value | undefined {
    return this.#values.get(id);
  }

  set(id: string, value: Value): void {
    if (this.#values.size >= this.#limit && !this.#values.has(id)) this.#makeRoom();
    this.#values.set(id, value);
  }

  /** Removes a value, if it is still the one that stands under the id. */
  remove(id: string, value: Value): void {
    if (this.#values.get(id) === value) this.#values.delete(id);
  }

  clear(): void {
    this.#values.clear();
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  #makeRoom(): void {
    let spared = 0;
    for (const [id, value] of this.#values) {
      this.#values.delete(id);
      if (!value.used || spared === chances) {
        this.#onEvicted(value, id);
        return;
      }
      // A second chance: it is visited again only after all the others.
      spared += 1;
      value.used = false;
      this.#values.set(id, value);
    }
  }
}
