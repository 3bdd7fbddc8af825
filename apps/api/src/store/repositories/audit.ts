import { searchText, type AuditEvent, type AuditRepository } from '@latchkey/core';
import { sql, type Selectable } from 'kysely';
import { atomically, mustLock, type Database, type Tables } from '../database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { containsText } from '../contains-text.ts';

/** How many events a walk holds in memory. */
const walkPage = 500;

const cursorList = 'audit-events';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function toEvent(row: Selectable<Tables['audit_event']>): AuditEvent {
  return {
    id: row.id,
    accountId: row.account_id,
    sequence: row.sequence,
    at: new Date(row.at),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    keyId: row.key_id,
    subject: row.subject,
    details: JSON.parse(row.details) as AuditEvent['details'],
    from: row.from_address,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

export function makeAuditRepository(database: Database): AuditRepository {
  const { db } = database;
  const select = (accountId: string) =>
    db.selectFrom('audit_event').selectAll().where('account_id', '=', accountId);

  return {
    head(accountId) {
      return db
        .selectFrom('audit_head')
        .select(['sequence', 'hash'])
        .where('account_id', '=', accountId)
        .$if(mustLock(database), (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
    },

    async lastRefusal(accountId, actorId, { action, subject }) {
      const last = await db
        .selectFrom('audit_event')
        .select('at')
        .where('account_id', '=', accountId)
        .where('actor_id', '=', actorId)
        .where('subject', '=', subject)
        .where('action', '=', sql.lit(action))
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      return last && new Date(last.at);
    },

    async append(event) {
      await atomically(database, async (inner) => {
        const { numUpdatedRows } = await inner.db
          .updateTable('audit_head')
          .set({ sequence: event.sequence, hash: event.hash })
          .where('account_id', '=', event.accountId)
          .where('sequence', '=', event.sequence - 1)
          .where('hash', '=', event.previousHash)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) {
          throw new Error(`Audit event ${String(event.sequence)} does not follow the last one.`);
        }
        await inner.db
          .insertInto('audit_event')
          .values({
            account_id: event.accountId,
            sequence: event.sequence,
            id: event.id,
            at: event.at.getTime(),
            actor_kind: event.actor.kind,
            actor_id: event.actor.id,
            actor_name: event.actor.name,
            actor_text: searchText(event.actor.name),
            action: event.action,
            key_id: event.keyId,
            subject: event.subject,
            details: JSON.stringify(event.details),
            from_address: event.from,
            previous_hash: event.previousHash,
            hash: event.hash,
          })
          .execute();
      });
    },

    async list({ accountId, actor, action, keyId, cursor, limit }) {
      const position =
        cursor === undefined ? undefined : decodeCursor(cursorList, ['number'], cursor);
      if (cursor !== undefined && !position) return undefined;
      let query = select(accountId)
        .orderBy('sequence', 'desc')
        .limit(limit + 1);
      if (position) query = query.where('sequence', '<', Number(position[0]));
      if (action !== undefined) query = query.where('action', '=', action);
      if (keyId !== undefined) query = query.where('key_id', '=', keyId);
      if (actor !== undefined) {
        query = uuid.test(actor)
          ? query.where('actor_id', '=', actor.toLowerCase())
          : query.where(containsText(database, 'actor_text', searchText(actor)));
      }
      const rows = await query.execute();
      const items = rows.slice(0, limit).map(toEvent);
      const last = items.at(-1);
      return {
        items,
        nextCursor: last && rows.length > limit ? encodeCursor(cursorList, [last.sequence]) : null,
      };
    },

    async after(accountId, sequence, limit) {
      const rows = await db
        .selectFrom('audit_event')
        .select(['sequence', 'action', 'key_id'])
        .where('account_id', '=', accountId)
        .where('sequence', '>', sequence)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        sequence: row.sequence,
        action: row.action,
        keyId: row.key_id,
      }));
    },

    async lastBefore(accountId, moment) {
      const row = await db
        .selectFrom('audit_event')
        .select('sequence')
        .where('account_id', '=', accountId)
        .where('at', '<', moment.getTime())
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.sequence ?? 0;
    },

    async *walk(accountId) {
      let last = 0;
      let rows;
      do {
        rows = await select(accountId)
          .where('sequence', '>', last)
          .orderBy('sequence')
          .limit(walkPage)
          .execute();
        yield* rows.map(toEvent);
        last = rows.at(-1)?.sequence ?? last;
      } while (rows.length === walkPage);
    },
  };
}
