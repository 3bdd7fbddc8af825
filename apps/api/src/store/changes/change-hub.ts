import type { Change, ChangeListener, ChangeStream } from './change.ts';

/** Passes on what one source tells to any number of listeners. */
export class ChangeHub implements ChangeListener, ChangeStream {
  readonly #listeners = new Set<ChangeListener>();

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  appended(accountId: string): void {
    for (const listener of this.#listeners) listener.appended?.(accountId);
  }

  changed(change: Change): void {
    for (const listener of this.#listeners) listener.changed(change);
  }

  lost(): void {
    for (const listener of this.#listeners) listener.lost();
  }

  confirmed(at: number): void {
    for (const listener of this.#listeners) listener.confirmed(at);
  }
}
