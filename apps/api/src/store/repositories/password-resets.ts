import type { PasswordResetRecords } from '../../contract/password-resets.ts';
import type { Database } from '../database.ts';

export function makePasswordResetRecords({ db }: Database): PasswordResetRecords {
  return {
    async put({ personId, hash, expiresAt }) {
      const link = { hash, expires_at: expiresAt.getTime() };
      await db
        .insertInto('person_password_reset')
        .values({ person_id: personId, ...link })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet(link))
        .execute();
    },

    async find(hashes, now) {
      const row = await db
        .selectFrom('person_password_reset')
        .selectAll()
        .where('hash', 'in', hashes)
        .where('expires_at', '>', now.getTime())
        .executeTakeFirst();
      return (
        row && { personId: row.person_id, hash: row.hash, expiresAt: new Date(row.expires_at) }
      );
    },

    async use(hashes, now) {
      const row = await db
        .deleteFrom('person_password_reset')
        .where('hash', 'in', hashes)
        .where('expires_at', '>', now.getTime())
        .returning('person_id')
        .executeTakeFirst();
      return row?.person_id;
    },

    async withdraw(personId) {
      await db.deleteFrom('person_password_reset').where('person_id', '=', personId).execute();
    },

    async eraseExpired(now) {
      await db
        .deleteFrom('person_password_reset')
        .where('expires_at', '<=', now.getTime())
        .execute();
    },
  };
}
