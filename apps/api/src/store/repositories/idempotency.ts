import type { IdempotencyRecords } from '../../contract/idempotency.ts';
import type { Database } from '../database.ts';

export function makeIdempotencyRecords({ db }: Database): IdempotencyRecords {
  return {
    async claim(scope, keyHash, fingerprint, now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('idempotency_record')
        .values({ scope, key_hash: keyHash, fingerprint, created_at: now.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n) return { state: 'new' };
      const record = await db
        .selectFrom('idempotency_record')
        .select(['fingerprint', 'response'])
        .where('scope', '=', scope)
        .where('key_hash', '=', keyHash)
        .executeTakeFirst();
      // It was forgotten between the two statements: the one who claimed it was still at it.
      if (!record) return { state: 'running', fingerprint };
      return record.response
        ? { state: 'done', fingerprint: record.fingerprint, response: record.response }
        : { state: 'running', fingerprint: record.fingerprint };
    },

    async complete(scope, keyHash, response) {
      await db
        .updateTable('idempotency_record')
        .set({ response })
        .where('scope', '=', scope)
        .where('key_hash', '=', keyHash)
        .execute();
    },

    async forget(scope, keyHash) {
      await db
        .deleteFrom('idempotency_record')
        .where('scope', '=', scope)
        .where('key_hash', '=', keyHash)
        .execute();
    },

    async eraseOlderThan(time) {
      const { numDeletedRows } = await db
        .deleteFrom('idempotency_record')
        .where('created_at', '<', time.getTime())
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
