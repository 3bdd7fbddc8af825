import { randomUUID } from 'node:crypto';
import { ClaimTakenOver, type Claim, type IdempotencyRecords } from '../../contract/idempotency.ts';
import type { RunTransaction } from '../changes/transactions.ts';
import type { Database } from '../database.ts';

/** How long a request may take before another one may have its key, in milliseconds. */
const patience = 60_000;

/** Makes the records. @param transaction runs the store's. */
export function makeIdempotencyRecords(
  { db }: Database,
  transaction: RunTransaction,
): IdempotencyRecords {
  const find = (scope: string, keyHash: string) =>
    db
      .selectFrom('idempotency_record')
      .select(['fingerprint', 'response', 'attempt', 'is_done', 'created_at'])
      .where('scope', '=', scope)
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();

  /** Whether the key of an attempt that led to nothing is this one's now. */
  async function takeOver(claim: Claim, former: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('idempotency_record')
      .set({ attempt: claim.attempt, created_at: now.getTime() })
      .where('scope', '=', claim.scope)
      .where('key_hash', '=', claim.keyHash)
      .where('attempt', '=', former)
      .where('is_done', '=', 0)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  return {
    async claim(scope, keyHash, fingerprints, now) {
      const claim = { scope, keyHash, attempt: randomUUID() };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('idempotency_record')
        .values({
          scope,
          key_hash: keyHash,
          fingerprint: fingerprints[0],
          attempt: claim.attempt,
          is_done: 0,
          created_at: now.getTime(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n) return { state: 'new', claim };
      const record = await find(scope, keyHash);
      // It was forgotten between the two statements: the one who claimed it was still at it.
      if (!record) return { state: 'running' };
      if (!fingerprints.includes(record.fingerprint)) return { state: 'reused' };
      if (record.response) return { state: 'done', response: record.response };
      if (record.created_at > now.getTime() - patience) return { state: 'running' };
      if (record.is_done === 1) return { state: 'lost' };
      return (await takeOver(claim, record.attempt, now))
        ? { state: 'new', claim }
        : { state: 'running' };
    },

    transactionOf: (claim) => (work) =>
      transaction(work, async (inner) => {
        const { numUpdatedRows } = await inner
          .updateTable('idempotency_record')
          .set({ is_done: 1 })
          .where('scope', '=', claim.scope)
          .where('key_hash', '=', claim.keyHash)
          .where('attempt', '=', claim.attempt)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw new ClaimTakenOver();
      }),

    async complete({ scope, keyHash, attempt }, response) {
      await db
        .updateTable('idempotency_record')
        .set({ response, is_done: 1 })
        .where('scope', '=', scope)
        .where('key_hash', '=', keyHash)
        .where('attempt', '=', attempt)
        .execute();
    },

    async forget({ scope, keyHash, attempt }) {
      await db
        .deleteFrom('idempotency_record')
        .where('scope', '=', scope)
        .where('key_hash', '=', keyHash)
        .where('attempt', '=', attempt)
        .where('is_done', '=', 0)
        .execute();
    },

    async eraseOlderThan(time, scopes = '') {
      const { numDeletedRows } = await db
        .deleteFrom('idempotency_record')
        .where('created_at', '<', time.getTime())
        .where('scope', 'like', `${scopes}%`)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
