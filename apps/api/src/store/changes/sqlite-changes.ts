import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database.ts';
import type { Change, ChangeListener, StopListening } from './change.ts';
import type { Announce } from './transactions.ts';

/** How often the other processes' changes are read, in milliseconds. */
const interval = 200;

/** How many of the latest changes are kept for the others to read. Who is further behind forgets everything it knew. */
const kept = 1000;

/** Writes changes down beside what changed. What was appended to an audit log is there to read already. */
export const announceInSqlite: Announce = async (transaction, { changes }) => {
  if (changes.length === 0) return;
  const values = changes.map(({ accountId, keyId }) => sql`(${accountId}, ${keyId})`);
  await sql`insert into change (account_id, key_id) values ${sql.join(values)}`.execute(
    transaction,
  );
  await sql`delete from change where sequence <= (select max(sequence) from change) - ${kept}`.execute(
    transaction,
  );
};

async function readChanges(db: Kysely<Tables>, after: number) {
  const { rows } = await sql<{ sequence: number; account_id: string; key_id: string | null }>`
    select sequence, account_id, key_id from change where sequence > ${after} order by sequence
  `.execute(db);
  return rows.map((row) => ({
    sequence: row.sequence,
    change: { accountId: row.account_id, keyId: row.key_id } satisfies Change,
  }));
}

/** Whose audit logs grew after a row, and the last row. Rows are numbered as they come: none is ever deleted. */
async function readAppended(db: Kysely<Tables>, after: number) {
  const { rows } = await sql<{ row: number; account_id: string }>`
    select rowid as row, account_id from audit_event where rowid > ${after} order by rowid
  `.execute(db);
  return {
    accountIds: new Set(rows.map((event) => event.account_id)),
    last: rows.at(-1)?.row ?? after,
  };
}

/**
 * Reads the changes of every process on the same file, a few times a second.
 *
 * @param onError hears of a reading that failed; the next one tries again.
 */
export function readSqliteChanges(
  db: Kysely<Tables>,
  listener: Required<ChangeListener>,
  onError: (error: unknown) => void,
): StopListening {
  let last: number | undefined;
  let lastEvent = 0;

  async function read(): Promise<void> {
    const at = performance.now();
    if (last === undefined) {
      const { rows } = await sql<{ last: number; last_event: number }>`
        select
          (select coalesce(max(sequence), 0) from change) as last,
          (select coalesce(max(rowid), 0) from audit_event) as last_event
      `.execute(db);
      last = rows[0]?.last ?? 0;
      lastEvent = rows[0]?.last_event ?? 0;
      listener.lost();
    } else {
      for (const { change, sequence } of await readChanges(db, last)) {
        // Numbers have no gaps: one that is missing was thrown away unread, or says that everything has changed.
        if (sequence > last + 1) listener.lost();
        listener.changed(change);
        last = sequence;
      }
      const grown = await readAppended(db, lastEvent);
      for (const accountId of grown.accountIds) listener.appended(accountId);
      lastEvent = grown.last;
    }
    listener.confirmed(at);
  }

  let reading = Promise.resolve();
  let busy = false;
  const clock = setInterval(() => {
    if (busy) return;
    busy = true;
    reading = read()
      .catch(onError)
      .finally(() => (busy = false));
  }, interval);
  clock.unref();
  return async () => {
    clearInterval(clock);
    await reading;
  };
}
