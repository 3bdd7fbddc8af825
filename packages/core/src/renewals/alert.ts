import { UTCDate } from '@date-fns/utc';
import { addMonths } from 'date-fns';
import type { RenewalPeriodMonths } from '../accounts/account.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Token } from '../tokens/token.ts';

export const renewalAlerts = ['none', 'due', 'overdue'] as const;
export type RenewalAlert = (typeof renewalAlerts)[number];

/** Calendar months after the period's end at which a due renewal is overdue. */
export const overdueAfterMonths = 3;

/** The token that a renewal alert is about: the old one while a renewal is pending, else the current. */
export function ageingToken(key: Pick<ApiKey, 'renewal' | 'currentToken'>): Token {
  return key.renewal.state === 'pending' ? key.renewal.oldToken : key.currentToken;
}

/** The time that a renewal alert counts from. */
export function ageingSince(key: Pick<ApiKey, 'renewal' | 'currentToken'>): Date {
  return ageingToken(key).createdAt;
}

/** A time a number of calendar months later, in UTC; 31 January plus one month is the last day of February. */
export function monthsLater(time: Date, months: number): Date {
  return new Date(addMonths(new UTCDate(time), months).getTime());
}

/**
 * How old a key's token is against the account's period. A hint: it never disables anything.
 *
 * @param period in calendar months.
 */
export function renewalAlert(
  key: Pick<ApiKey, 'renewal' | 'currentToken'>,
  period: RenewalPeriodMonths,
  now: Date,
): RenewalAlert {
  const since = ageingSince(key);
  if (now >= monthsLater(since, period + overdueAfterMonths)) return 'overdue';
  return now >= monthsLater(since, period) ? 'due' : 'none';
}
