import type { DayUsage, TokenUsage } from '@latchkey/core';
import { sql } from 'kysely';
import { atomically, mustLock, type Database } from '../database.ts';

/** How many entries one statement takes. */
const chunk = 500;

/** A last use of a key or token, to be moved forward to. */
interface LastUse {
  accountId: string;
  id: string;
  at: number;
}

async function moveForward(
  { db }: Database,
  table: 'api_key' | 'api_token',
  uses: readonly LastUse[],
): Promise<void> {
  if (uses.length === 0) return;
  const values = sql.join(
    uses.map(
      ({ accountId, id, at }) =>
        sql`(cast(${accountId} as text), cast(${id} as text), cast(${at} as bigint))`,
    ),
  );
  await sql`
    update ${sql.table(table)} set last_used_at = used.column3
    from (values ${values}) as used
    where ${sql.table(table)}.account_id = used.column1
      and ${sql.table(table)}.id = used.column2
      and ${sql.table(table)}.last_used_at < used.column3
  `.execute(db);
}

/** The latest of each key's or token's uses. */
function latest(uses: readonly LastUse[]): LastUse[] {
  const byId = new Map<string, LastUse>();
  for (const use of uses) {
    const known = byId.get(use.id);
    if (!known || known.at < use.at) byId.set(use.id, use);
  }
  return [...byId.values()];
}

/** The counts, added up for each token and day: one statement can touch a row but once. */
function addUp(usage: readonly TokenUsage[]): TokenUsage[] {
  const byTokenAndDay = new Map<string, TokenUsage>();
  for (const use of usage) {
    const id = `${use.tokenId} ${use.day}`;
    const known = byTokenAndDay.get(id);
    byTokenAndDay.set(id, known ? { ...known, count: known.count + use.count } : use);
  }
  return [...byTokenAndDay.values()];
}

async function addChunk(database: Database, usage: readonly TokenUsage[]): Promise<void> {
  const { db } = database;
  const keyIds = [...new Set(usage.map((use) => use.keyId))];
  const keys = await db
    .selectFrom('api_key')
    .select(['account_id', 'id'])
    .where('id', 'in', keyIds)
    .orderBy('id')
    .$if(mustLock(database), (query) => query.forUpdate())
    .execute();
  const accounts = new Map(keys.map((key) => [key.id, key.account_id]));
  const tokens = await db
    .selectFrom('api_key')
    .innerJoin('api_token', (join) =>
      join
        .onRef('api_token.account_id', '=', 'api_key.account_id')
        .onRef('api_token.key_id', '=', 'api_key.id'),
    )
    .select('api_token.id')
    .where('api_key.id', 'in', keyIds)
    .execute();
  const present = new Set(tokens.map((token) => token.id));
  const placed = usage.flatMap((use) => {
    const accountId = accounts.get(use.keyId);
    return accountId === undefined ? [] : { ...use, accountId, at: use.lastUsedAt.getTime() };
  });
  const ofTokens = placed.filter((use) => present.has(use.tokenId));

  await moveForward(database, 'api_key', latest(placed.map((use) => ({ ...use, id: use.keyId }))));
  await moveForward(
    database,
    'api_token',
    latest(ofTokens.map((use) => ({ ...use, id: use.tokenId }))),
  );
  if (placed.length === 0) return;
  await db
    .insertInto('usage_day')
    .values(
      addUp(placed).map((use) => ({
        account_id: accounts.get(use.keyId) ?? '',
        key_id: use.keyId,
        day: use.day,
        token_id: use.tokenId,
        count: use.count,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'key_id', 'day', 'token_id'])
        .doUpdateSet({ count: sql`usage_day.count + excluded.count` }),
    )
    .execute();
}

/** Adds usage, all or nothing. What was used counts for its key also when the token is gone by now. */
export async function addUsage(database: Database, usage: readonly TokenUsage[]): Promise<void> {
  if (usage.length === 0) return;
  // Keys are locked in this order, so that no two batches wait for each other.
  const inOrder = usage.toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1));
  await atomically(database, async (inner) => {
    for (let start = 0; start < inOrder.length; start += chunk) {
      await addChunk(inner, inOrder.slice(start, start + chunk));
    }
  });
}

/** The counts of a key's tokens, those that are gone among them, by day. */
export async function readUsage(
  { db }: Database,
  accountId: string,
  keyId: string,
  since: string,
): Promise<DayUsage[]> {
  const days = await db
    .selectFrom('usage_day')
    .select(['day', 'token_id', 'count'])
    .where('account_id', '=', accountId)
    .where('key_id', '=', keyId)
    .where('day', '>=', since)
    .orderBy('day')
    .orderBy('token_id')
    .execute();
  return days.map(({ day, token_id: tokenId, count }) => ({ day, tokenId, count }));
}
