import { randomUUID } from 'node:crypto';
import { ServerError, type UsageBatch, type UsageItem, type VerifierApi } from './api.ts';

/** How often uses are reported, in milliseconds: at most this much is lost in a crash. */
const interval = 5000;

/** How many tokens one report names at the most. */
const chunk = 500;

/** How many reports are kept that could not be sent, of a chunk each. */
const mostUnsent = 100;

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
  /** Reports of which nobody knows whether the server has them: they are sent again as they were, the oldest first. */
  #unsent: UsageBatch[] = [];
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
    // When the server is away for long, uses add up where they are counted.
    if (this.#unsent.length < mostUnsent) this.#gather();
    while (this.#unsent[0]) {
      try {
        await this.#api.report(this.#unsent[0]);
      } catch (error) {
        this.#onError(error);
        // What the server cannot read it never will; everything else may come later.
        if (!(error instanceof ServerError && error.status === 400)) return;
      }
      this.#unsent.shift();
    }
  }

  #gather(): void {
    const used = [...this.#used];
    this.#used = new Set();
    for (let first = 0; first < used.length; first += chunk) {
      const usage = used.slice(first, first + chunk).map((token) => this.#take(token));
      this.#unsent.push({ id: randomUUID(), usage });
    }
  }

  #take(token: Counted): UsageItem {
    const { receipt, uses, usedAt } = token;
    token.uses = 0;
    const at = Date.now() - (performance.now() - usedAt);
    return { receipt, count: uses, lastUsedAt: new Date(at).toISOString() };
  }
}
