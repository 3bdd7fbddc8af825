import {
  expirySoon,
  idleAfter,
  searchText,
  type ExpiryState,
  type KeyFilter,
  type RenewalAlert,
  type UsageState,
} from '@latchkey/core';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

const day = 24 * 60 * 60 * 1000;

/**
 * The instants at which a token is three, six and nine calendar months old lie in that order; how far the later ones are from the
 * first, at least and at most, in milliseconds and with days to spare. It lets one index, by the first, answer for all three.
 */
export const ages = {
  3: { column: 'k.three_months_old_at', least: 0, most: 0 },
  6: { column: 'k.six_months_old_at', least: 85 * day, most: 96 * day },
  9: { column: 'k.nine_months_old_at', least: 176 * day, most: 188 * day },
} as const;

type Months = keyof typeof ages;

const first = sql.ref(ages[3].column);

function isOld(months: Months, now: number): RawBuilder<SqlBool> {
  const { column, least } = ages[months];
  return sql`(${sql.ref(column)} <= ${now} and ${first} <= ${now - least})`;
}

function isYoung(months: Months, now: number): RawBuilder<SqlBool> {
  const { column, most } = ages[months];
  return sql`(${sql.ref(column)} > ${now} and ${first} > ${now - most})`;
}

function hasAlert(
  alert: RenewalAlert,
  period: KeyFilter['renewalPeriodMonths'],
  time: Date,
): RawBuilder<SqlBool> {
  const now = time.getTime();
  const overdue = period === 3 ? 6 : 9;
  switch (alert) {
    case 'none':
      return isYoung(period, now);
    case 'due':
      return sql`(${isOld(period, now)} and ${isYoung(overdue, now)})`;
    case 'overdue':
      return isOld(overdue, now);
  }
}

function isUsed(usage: UsageState, now: Date): RawBuilder<SqlBool> {
  switch (usage) {
    case 'never':
      return sql`k.last_used_at = 0`;
    case 'idle':
      return sql`(k.last_used_at > 0 and k.last_used_at <= ${now.getTime() - idleAfter})`;
  }
}

function expires(expiry: ExpiryState, time: Date): RawBuilder<SqlBool> {
  const now = time.getTime();
  switch (expiry) {
    case 'soon':
      return sql`(k.expires_at > ${now} and k.expires_at <= ${now + expirySoon})`;
    case 'expired':
      return sql`k.expires_at <= ${now}`;
  }
}

/** The text to search for, folded as what it is compared with; `undefined` when everything holds it. */
export function searchedText({ search }: KeyFilter): string | undefined {
  const text = searchText(search ?? '');
  return text === '' ? undefined : text;
}

/** The conditions on the key's own row, but for the search. */
export function ownConditions(filter: KeyFilter): RawBuilder<SqlBool>[] {
  const { accountId, status, alert, usage, expiry, renewalPeriodMonths, now } = filter;
  return [
    sql<SqlBool>`k.account_id = ${accountId}`,
    ...(status === undefined ? [] : [sql<SqlBool>`k.status = ${status}`]),
    ...(alert === undefined ? [] : [hasAlert(alert, renewalPeriodMonths, now)]),
    ...(usage === undefined ? [] : [isUsed(usage, now)]),
    ...(expiry === undefined ? [] : [expires(expiry, now)]),
  ];
}

/** The grants, by the alias `r`, of any of some roles. */
function grantsOf(accountId: string, roleIds: readonly string[]): RawBuilder<SqlBool> {
  // No role has an empty id, and a list in SQL must hold something.
  const listed = sql.join(roleIds.length === 0 ? [''] : roleIds);
  return sql`r.account_id = ${accountId} and r.role_id in (${listed})`;
}

/** The same, but of each key the first alone, so that no key comes twice. */
export function firstGrantsOf(accountId: string, roleIds: readonly string[]): RawBuilder<SqlBool> {
  const grants = grantsOf(accountId, roleIds);
  if (roleIds.length < 2) return grants;
  return sql`${grants} and not exists (
    select 1 from api_key_role f
    where f.account_id = r.account_id and f.key_id = r.key_id
      and f.role_id in (${sql.join(roleIds)}) and f.role_id < r.role_id
  )`;
}

function isGranted(accountId: string, roleIds: readonly string[]): RawBuilder<SqlBool> {
  return sql`exists (
    select 1 from api_key_role r where ${grantsOf(accountId, roleIds)} and r.key_id = k.id
  )`;
}

/** The conditions on the roles of the key. */
export function roleConditions({ accountId, roleId, anyRoleOf }: KeyFilter): RawBuilder<SqlBool>[] {
  return [
    ...(roleId === undefined ? [] : [isGranted(accountId, [roleId])]),
    ...(anyRoleOf === undefined ? [] : [isGranted(accountId, anyRoleOf)]),
  ];
}

/** Whether a filter asks for more than a status, whose keys are counted already. */
export function isNarrow(filter: KeyFilter): boolean {
  const { roleId, anyRoleOf, alert, usage, expiry } = filter;
  return [searchedText(filter), roleId, anyRoleOf, alert, usage, expiry].some(
    (narrowing) => narrowing !== undefined,
  );
}
