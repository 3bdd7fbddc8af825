import type { LinkRepository } from '@latchkey/core';
import { atomically, mustLock, type Database } from '../database.ts';

/** How long after a noted attempt on a read link no other is noted, in milliseconds. */
const attemptInterval = 60_000;

/** Locks the key that a link belongs to: everything that changes a key or its link waits in that one queue. */
async function lockKeyOf(
  database: Database,
  column: 'id' | 'hash',
  values: readonly string[],
): Promise<void> {
  if (!mustLock(database)) return;
  const { db } = database;
  await db
    .selectFrom('api_key')
    .select('id')
    .where('id', 'in', db.selectFrom('link').select('key_id').where(column, 'in', values))
    .forUpdate()
    .execute();
}

export function makeLinkRepository(database: Database): LinkRepository {
  const { db } = database;
  return {
    async findByHash(hashes) {
      await lockKeyOf(database, 'hash', hashes);
      const row = await db
        .selectFrom('link')
        .innerJoin('api_key', (join) =>
          join
            .onRef('api_key.account_id', '=', 'link.account_id')
            .onRef('api_key.id', '=', 'link.key_id'),
        )
        .innerJoin('account', 'account.id', 'link.account_id')
        .select([
          'link.id',
          'link.account_id',
          'link.key_id',
          'link.token_id',
          'link.state',
          'link.expires_at',
          'link.ciphertext',
          'api_key.identifier',
          'api_key.name as key_name',
          'account.name as account_name',
          'account.slug as account_slug',
        ])
        .where('link.hash', 'in', hashes)
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          accountId: row.account_id,
          keyId: row.key_id,
          tokenId: row.token_id,
          state: row.state,
          expiresAt: new Date(row.expires_at),
          key: row.identifier,
          keyName: row.key_name,
          accountName: row.account_name,
          accountSlug: row.account_slug,
          ciphertext: row.ciphertext,
        }
      );
    },

    redeem(id, now, from) {
      return atomically(database, async (inner) => {
        await lockKeyOf(inner, 'id', [id]);
        const redeemed = await inner.db
          .updateTable('link')
          .set({
            state: 'redeemed',
            redeemed_at: now.getTime(),
            redeemed_from: from,
            ciphertext: null,
          })
          .where('id', '=', id)
          .where('state', '=', 'unread')
          .where('expires_at', '>', now.getTime())
          .returning(['account_id', 'key_id', 'token_id'])
          .executeTakeFirst();
        if (!redeemed) return undefined;
        await inner.db
          .updateTable('api_token')
          .set({ delivered_at: now.getTime() })
          .where('account_id', '=', redeemed.account_id)
          .where('id', '=', redeemed.token_id)
          .execute();
        return { accountId: redeemed.account_id, keyId: redeemed.key_id };
      });
    },

    async noteAttempt(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('link')
        .set({ attempt_noted_at: now.getTime() })
        .where('id', '=', id)
        .where('state', '=', 'redeemed')
        .where('attempt_noted_at', '<=', now.getTime() - attemptInterval)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async eraseExpired(now) {
      const expired = db
        .selectFrom('link')
        .select('id')
        .where('ciphertext', 'is not', null)
        .where('expires_at', '<=', now.getTime())
        // What another node is erasing needs no second one, and two sweeps never wait for each other.
        .$if(database.engine === 'postgresql', (query) => query.forUpdate().skipLocked());
      const { numUpdatedRows } = await db
        .updateTable('link')
        .set({ ciphertext: null })
        .where('id', 'in', expired)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}
