import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Change, ChangeListener, StopListening } from './change.ts';
import type { Announce } from './transactions.ts';
import { withinPatience } from './within-patience.ts';

const channels = { change: 'latchkey_change', append: 'latchkey_append' };

/** How long after a connection was lost the next is tried, in milliseconds. */
const retryAfter = 250;

/** How often the connection is asked whether it lives, and how long it may take to answer, in milliseconds. */
const heartbeat = { every: 1000, patience: 2000 };

/** Notifies every listening node of each change and of each audit log that grew, when the transaction is committed. */
export const announceInPostgresql: Announce = async (transaction, { changes, appended }) => {
  const notify = (channel: string, payload: string) => sql`pg_notify(${channel}, ${payload})`;
  await sql`select ${sql.join([
    ...changes.map((change) => notify(channels.change, JSON.stringify(change))),
    ...appended.map((accountId) => notify(channels.append, accountId)),
  ])}`.execute(transaction);
};

/**
 * Listens on a connection of its own for the changes that any node commits, and brings it back when it breaks. Asking it whether it lives
 * also confirms: PostgreSQL sends what it has to tell before it answers.
 *
 * @param onError hears of a connection that broke.
 */
export function listenToPostgresql(
  url: string,
  listener: Required<ChangeListener>,
  onError: (error: unknown) => void,
): StopListening {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function listen(): Promise<void> {
    const client = new Client({
      connectionString: url,
      application_name: 'latchkey changes',
      connectionTimeoutMillis: heartbeat.patience,
    });
    const broken = new Promise<never>((_resolve, reject) => client.on('error', reject));
    broken.catch(() => undefined);
    const ask = async (statement: string) =>
      withinPatience(
        Promise.race([client.query(statement), broken]),
        heartbeat.patience,
        'PostgreSQL did not answer the connection that listens for changes.',
      );
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === channels.append) listener.appended(payload);
      else listener.changed(JSON.parse(payload) as Change);
    });
    try {
      await client.connect();
      await ask(`listen ${channels.change}; listen ${channels.append}`);
      listener.lost();
      while (!signal.aborted) {
        const at = performance.now();
        await ask('select 1');
        listener.confirmed(at);
        await Promise.race([delay(heartbeat.every, undefined, { signal }), broken]);
      }
    } finally {
      // A connection that broke has no polite end to wait for.
      client.end().catch(() => undefined);
    }
  }

  async function listenUntilStopped(): Promise<void> {
    while (!signal.aborted) {
      try {
        await listen();
      } catch (error) {
        if (signal.aborted) return;
        onError(error);
        await delay(retryAfter, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  const stopped = listenUntilStopped();
  return async () => {
    stopping.abort();
    await stopped;
  };
}
