/** Too many were waiting already. */
export class CrowdedError extends Error {
  override name = 'CrowdedError';

  constructor() {
    super('Too many are waiting.');
  }
}

/** Lets so many through at the same time and has so many wait, in the order in which they came. */
export class Gate {
  readonly #running: number;
  readonly #waiting: number;
  #inside = 0;
  #queue: (() => void)[] = [];

  constructor(limits: { running: number; waiting: number }) {
    this.#running = limits.running;
    this.#waiting = limits.waiting;
  }

  /** Does the work when there is room. @throws {CrowdedError} at once, when too many wait. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#running) {
      this.#inside += 1;
    } else {
      if (this.#queue.length >= this.#waiting) throw new CrowdedError();
      // Whoever leaves hands their place on.
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }
}
