import type { Repositories } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { makeRepositories } from '../repositories/index.ts';
import type { Change, ChangeListener } from './change.ts';
import { noteChanges, type Notes } from './noted-repositories.ts';

/** What other processes are told of a transaction. */
export interface Announcement {
  changes: readonly Change[];
  /** The accounts whose audit logs have new events. */
  appended: readonly string[];
}

/** Sends what a transaction did along with it: other processes hear of it if it is committed, and only then. */
export type Announce = (transaction: Kysely<Tables>, told: Announcement) => Promise<void>;

/**
 * Runs work in one transaction; see core's `Store`.
 *
 * @param beforeCommit writes what must be committed together with the work, unless that ended in a refusal.
 */
export type RunTransaction = <T>(
  work: (repositories: Repositories) => Promise<T>,
  beforeCommit?: (transaction: Kysely<Tables>) => Promise<void>,
) => Promise<T>;

function isRefused(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
}

/** Makes transactions tell of their changes: this process's listener before they return, everybody else by `announce`. */
export function makeTransactions(
  database: Database,
  announce: Announce,
  listener: Required<Pick<ChangeListener, 'appended' | 'changed'>>,
): RunTransaction {
  return async (work, beforeCommit) => {
    const changes = new Map<string, Change>();
    const appended = new Set<string>();
    const notes: Notes = {
      change: (change) => void changes.set(`${change.accountId} ${change.keyId ?? ''}`, change),
      append: (accountId) => void appended.add(accountId),
    };
    try {
      return await database.db.transaction().execute(async (transaction) => {
        const inner = makeRepositories({ ...database, db: transaction, inTransaction: true });
        const result = await work(noteChanges(inner, notes));
        if (!isRefused(result)) await beforeCommit?.(transaction);
        if (changes.size + appended.size > 0) {
          await announce(transaction, { changes: [...changes.values()], appended: [...appended] });
        }
        return result;
      });
    } finally {
      // Also when it failed: a commit whose answer was lost is a commit.
      for (const change of changes.values()) listener.changed(change);
      for (const accountId of appended) listener.appended(accountId);
    }
  };
}
