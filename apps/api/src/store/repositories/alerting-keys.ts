import { expirySoon } from '@latchkey/core';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { ages } from './key-filters.ts';

interface AlertingRow {
  account_id: string;
  id: string;
  alerts_told_until: number;
}

const first = sql.ref(ages[3].column);
const told = sql.ref('a.alerts_told_until');

/**
 * Keys of which a moment lies after what was told and is not to come. The age of three months, by which the index is sorted, narrows
 * the others down: see {@link ages}.
 */
function select(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select k.account_id, k.id, a.alerts_told_until
    from account a join api_key k on k.account_id = a.id
    where ${condition}
  `;
}

function reached(period: 3 | 6, months: keyof typeof ages, now: number): RawBuilder<unknown> {
  const { column, least, most } = ages[months];
  const moment = sql.ref(column);
  return sql`a.renewal_period_months = ${period}
    and ${moment} > ${told} and ${moment} <= ${now}
    and ${first} > ${told} - ${most} and ${first} <= ${now - least}`;
}

function expiring(now: number, notice: number): RawBuilder<unknown> {
  return sql`k.expires_at > ${told} + ${notice} and k.expires_at <= ${now + notice}`;
}

/** The keys, of any account, of which an alert began to hold since alerts were last told. */
export async function listAlerting(
  { db }: Database,
  time: Date,
): Promise<{ accountId: string; keyIds: string[]; after: Date }[]> {
  const now = time.getTime();
  const conditions = [
    reached(3, 3, now),
    reached(3, 6, now),
    reached(6, 6, now),
    reached(6, 9, now),
    expiring(now, 0),
    expiring(now, expirySoon),
  ];
  const { rows } = await sql<AlertingRow>`
    ${sql.join(conditions.map(select), sql` union `)}
  `.execute(db);
  return [...Map.groupBy(rows, (row) => row.account_id)].map(([accountId, own]) => ({
    accountId,
    keyIds: own.map(({ id }) => id),
    after: new Date(own[0]?.alerts_told_until ?? 0),
  }));
}
