import type { Mail, MailRepository } from '@latchkey/core';
import { sql, type Selectable } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { toInstant } from '../instants.ts';

function toMail(row: Selectable<Tables['mail']>): Mail {
  return {
    id: row.id,
    accountId: row.account_id,
    memberId: row.member_id,
    about:
      row.notification_id === null
        ? { kind: 'digest', until: new Date(row.digest_until ?? 0) }
        : { kind: 'event', notificationId: row.notification_id },
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
  };
}

export function makeMailRepository({ db, engine }: Database): MailRepository {
  return {
    async add({ about, accountId, attempts, createdAt, id, memberId }, dueAt) {
      await db
        .insertInto('mail')
        .values({
          account_id: accountId,
          id,
          member_id: memberId,
          notification_id: about.kind === 'event' ? about.notificationId : null,
          digest_until: about.kind === 'digest' ? about.until.getTime() : null,
          attempts,
          next_attempt_at: dueAt.getTime(),
          created_at: createdAt.getTime(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async claim(now, lease, limit) {
      const due = db
        .selectFrom('mail')
        .select('id')
        .where('next_attempt_at', '<=', now.getTime())
        .orderBy('next_attempt_at')
        .limit(limit)
        .$if(engine === 'postgresql', (query) => query.forUpdate().skipLocked());
      const rows = await db
        .updateTable('mail')
        .set({ attempts: sql`attempts + 1`, next_attempt_at: now.getTime() + lease })
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows.map(toMail);
    },

    async recordAttempt({ accountId, attempts, id }, nextAttemptAt) {
      await db
        .updateTable('mail')
        .set({ next_attempt_at: toInstant(nextAttemptAt) })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .execute();
    },

    async listPreferences(accountId) {
      const rows = await db
        .selectFrom('mail_preference')
        .selectAll()
        .where('account_id', '=', accountId)
        .execute();
      return new Map(
        rows.map(({ member_id: id, events, digest, language }) => [
          id,
          { events: events === 1, digest: digest === 1, language },
        ]),
      );
    },

    async savePreference(accountId, memberId, { digest, events, language }) {
      const values = { events: events ? 1 : 0, digest: digest ? 1 : 0, language };
      await db
        .insertInto('mail_preference')
        .values({ ...values, account_id: accountId, member_id: memberId })
        .onConflict((conflict) => conflict.columns(['account_id', 'member_id']).doUpdateSet(values))
        .execute();
    },
  };
}
