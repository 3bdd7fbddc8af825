/** Something that verification depends on has changed, and is committed. */
export interface Change {
  /** The account in which it changed. */
  accountId: string;
  /** The key that changed: its status, name, expiry, roles, tokens or existence. `null` for the account's roles and its grants to external keys. */
  keyId: string | null;
}

/** Who relies on what they read from the store, and must know whether it still holds. */
export interface ChangeListener {
  /** There are new events in an account's audit log, and they are committed. Of some that are told of, there were none. */
  appended?(accountId: string): void;
  changed(change: Change): void;
  /** Changes may have been missed: nothing that was read before holds. */
  lost(): void;
  /** Every change that was committed before this moment has been told. @param at as of `performance.now()`. */
  confirmed(at: number): void;
}

/** Tells its listeners of every change: those of this process when they are committed, before whoever made them has their answer. */
export interface ChangeStream {
  /** @returns how to end it. */
  subscribe(listener: ChangeListener): () => void;
}

/** Ends what brings in other processes' changes. */
export type StopListening = () => Promise<void>;
