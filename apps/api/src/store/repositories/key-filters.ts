import { searchText, type KeyQuery, type RenewalAlert } from '@latchkey/core';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** What a list is narrowed to. */
export type KeyFilter = Pick<
  KeyQuery,
  'accountId' | 'search' | 'status' | 'roleId' | 'alert' | 'renewalPeriodMonths' | 'now'
>;

const day = 24 * 60 * 60 * 1000;

/**
 * The instants at which a token is three, six and nine calendar months old lie in that order; how far the later ones are from the
 * first, at least and at most, in milliseconds and with days to spare. It lets one index, by the first, answer for all three.
 */
const ages = {
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
  period: KeyQuery['renewalPeriodMonths'],
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

/** The text to search for, folded as what it is compared with; `undefined` when everything holds it. */
export function searchedText({ search }: KeyFilter): string | undefined {
  const text = searchText(search ?? '');
  return text === '' ? undefined : text;
}

/** The conditions on the key's own row, but for the search. */
export function ownConditions(filter: KeyFilter): RawBuilder<SqlBool>[] {
  const { accountId, status, alert, renewalPeriodMonths, now } = filter;
  return [
    sql<SqlBool>`k.account_id = ${accountId}`,
    ...(status === undefined ? [] : [sql<SqlBool>`k.status = ${status}`]),
    ...(alert === undefined ? [] : [hasAlert(alert, renewalPeriodMonths, now)]),
  ];
}

export function hasRole({ accountId, roleId }: KeyFilter): RawBuilder<SqlBool>[] {
  return roleId === undefined
    ? []
    : [
        sql<SqlBool>`exists (
          select 1 from api_key_role r
          where r.account_id = ${accountId} and r.role_id = ${roleId} and r.key_id = k.id
        )`,
      ];
}

/** Whether a filter asks for more than a status, whose keys are counted already. */
export function isNarrow(filter: KeyFilter): boolean {
  return (
    searchedText(filter) !== undefined || filter.roleId !== undefined || filter.alert !== undefined
  );
}
