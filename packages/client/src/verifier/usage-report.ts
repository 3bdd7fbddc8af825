import type { UsageItem, VerifierApi } from './api.ts';

/** How often uses are reported, in milliseconds: at most this much is lost in a crash. */
const interval = 5000;

/** How many tokens one report names at the most. */
const chunk = 500;

/** A token whose uses are counted in place. */
export interface Counted {
  readonly receipt: string;
  uses: number;
  /** As of `performance.now()`. */
  usedAt: number;
}

/** Reports uses in batches, so that no verification waits for it. */
export class UsageReport {
  readonly #api: Pick<VerifierApi, 'report'>;
  readonly #onError: (error: unknown) => void;
  readonly #clock: NodeJS.Timeout;
  #used = new Set<Counted>();
  #reporting = Promise.resolve();

  constructor(api: Pick<VerifierApi, 'report'>, onError: (error: unknown) => void) {
    this.#api = api;
    this.#onError = onError;
    this.#clock = setInterval(() => void this.report(), interval);
    this.#clock.unref();
  }

  /** Counts one use. */
  count(token: Counted, now: number): void {
    if (token.uses === 0) this.#used.add(token);
    token.uses += 1;
    token.usedAt = now;
  }

  /** Reports what was counted since the last time. What cannot be reported stays for the next. */
  async report(): Promise<void> {
    this.#reporting = this.#reporting.then(() => this.#reportAll());
    return this.#reporting;
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    await this.report();
  }

  async #reportAll(): Promise<void> {
    const used = [...this.#used];
    this.#used = new Set();
    for (let first = 0; first < used.length; first += chunk) {
      const batch = used.slice(first, first + chunk);
      const usage = batch.map((token) => this.#take(token));
      try {
        await this.#api.report(usage);
      } catch (error) {
        for (const [index, token] of batch.entries()) this.#giveBack(token, usage[index]);
        this.#onError(error);
      }
    }
  }

  #take(token: Counted): UsageItem {
    const { receipt, uses, usedAt } = token;
    token.uses = 0;
    const at = Date.now() - (performance.now() - usedAt);
    return { receipt, count: uses, lastUsedAt: new Date(at).toISOString() };
  }

  #giveBack(token: Counted, item: UsageItem | undefined): void {
    token.uses += item?.count ?? 0;
    this.#used.add(token);
  }
}
