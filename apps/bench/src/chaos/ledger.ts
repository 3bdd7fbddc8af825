/** What was acknowledged, and what must therefore hold. */
export class Ledger {
  /** When each key's deactivation was acknowledged, by the key's id; on `performance.now()`. */
  readonly #offSince = new Map<string, number>();
  readonly #delays: number[] = [];
  readonly #breaches: string[] = [];
  readonly #bound: number;

  /** @param bound how long after the acknowledgement a key may still be accepted, in milliseconds. */
  constructor(bound: number) {
    this.#bound = bound;
  }

  switchedOff(id: string): void {
    this.#offSince.set(id, performance.now());
  }

  /** A node accepted the key, in answer to a question asked at a moment. */
  accepted(id: string, askedAt: number): void {
    const since = this.#offSince.get(id);
    if (since === undefined || askedAt < since) return;
    const late = askedAt - since;
    this.#delays.push(late);
    if (late > this.#bound)
      this.#breaches.push(`${id} accepted after ${String(Math.round(late))} ms`);
  }

  /** Something that must never be. */
  breached(what: string): void {
    this.#breaches.push(what);
  }

  get breaches(): readonly string[] {
    return this.#breaches;
  }

  /** The longest that a key was accepted after it was switched off, in milliseconds. */
  get longest(): number {
    return Math.max(0, ...this.#delays);
  }
}
