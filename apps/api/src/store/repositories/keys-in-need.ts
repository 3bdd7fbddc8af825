import type { ApiKey } from '@latchkey/core';
import type { Database } from '../database.ts';
import { keyColumns, loadKeys } from './key-rows.ts';

/** The keys that expire within a time, the first to expire first. */
export async function listExpiring(
  database: Database,
  accountId: string,
  after: Date,
  until: Date,
  limit: number,
): Promise<ApiKey[]> {
  const rows = await database.db
    .selectFrom('api_key')
    .select(keyColumns)
    .where('account_id', '=', accountId)
    .where('expires_at', '>', after.getTime())
    .where('expires_at', '<=', until.getTime())
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return loadKeys(database, rows);
}

/** The keys whose tokens are three months old by a time, the oldest first. */
export async function listOldest(
  database: Database,
  accountId: string,
  by: Date,
  limit: number,
): Promise<ApiKey[]> {
  const rows = await database.db
    .selectFrom('api_key')
    .select(keyColumns)
    .where('account_id', '=', accountId)
    .where('three_months_old_at', '<=', by.getTime())
    .orderBy('three_months_old_at')
    .limit(limit)
    .execute();
  return loadKeys(database, rows);
}
