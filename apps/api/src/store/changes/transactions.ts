import type { Repositories } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { makeRepositories } from '../repositories/index.ts';
import type { Change, ChangeListener } from './change.ts';
import { noteChanges } from './noted-repositories.ts';

/** Sends a transaction's changes along with it: other processes hear of them if it is committed, and only then. */
export type Announce = (transaction: Kysely<Tables>, changes: readonly Change[]) => Promise<void>;

/** Runs work in one transaction; see core's `Store`. */
export type RunTransaction = <T>(work: (repositories: Repositories) => Promise<T>) => Promise<T>;

/** Makes transactions tell of their changes: this process's listener before they return, everybody else by `announce`. */
export function makeTransactions(
  database: Database,
  announce: Announce,
  listener: Pick<ChangeListener, 'changed'>,
): RunTransaction {
  return async (work) => {
    const changes = new Map<string, Change>();
    const note = (change: Change) =>
      void changes.set(`${change.accountId} ${change.keyId ?? ''}`, change);
    try {
      return await database.db.transaction().execute(async (transaction) => {
        const inner = makeRepositories({ ...database, db: transaction, inTransaction: true });
        const result = await work(noteChanges(inner, note));
        if (changes.size > 0) await announce(transaction, [...changes.values()]);
        return result;
      });
    } finally {
      // Also when it failed: a commit whose answer was lost is a commit.
      for (const change of changes.values()) listener.changed(change);
    }
  };
}
