import type { Account } from '../accounts/account.ts';
import { retryDelay } from './attempts.ts';
import type { Notification, NotificationType } from './notification.ts';

export const mailLanguages = ['en', 'pt', 'es'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** What a member wants to be mailed. */
export interface MailPreference {
  /** Each important event, at once. */
  events: boolean;
  /** The alerts of a day, in one mail. */
  digest: boolean;
  language: MailLanguage;
}

/** What holds until a member says otherwise. */
export const usualPreference: MailPreference = { events: true, digest: true, language: 'en' };

/** A mail to come. Who gets it, and what stands in it, is looked up when it is sent. */
export interface Mail {
  id: string;
  accountId: string;
  memberId: string;
  /** One notification, or the alerts of the day that ends at a time. */
  about: { kind: 'event'; notificationId: string } | { kind: 'digest'; until: Date };
  attempts: number;
  createdAt: Date;
}

/** A mail with all that stands in it. */
export type Letter = {
  /** Lower case. */
  to: string;
  language: MailLanguage;
  account: Account;
} & (
  | { kind: 'event'; notification: Notification & { type: NotificationType } }
  | {
      kind: 'digest';
      /** By time; only the first of many. */
      alerts: readonly Notification[];
      /** How many there are. */
      total: number;
    }
);

/** How many attempts a mail gets: with the delays of {@link retryDelay}, nearly an hour of a mail server that is away. */
const mostMailAttempts = 6;

/** The hour of the day, in UTC, at which digests are sent. */
const digestHour = 7;

const dayLength = 24 * 60 * 60 * 1000;

/** When the alerts of a moment are mailed: at the next 07:00 UTC. */
export function nextDigest(at: Date): Date {
  const today = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), digestHour);
  return new Date(at.getTime() < today ? today : today + dayLength);
}

/** The day that a digest tells of: up to its end, which is no part of it. */
export function digestPeriod(until: Date): { from: Date; until: Date } {
  return { from: new Date(until.getTime() - dayLength), until };
}

/** When to try a mail again that was not taken; `null` for never. @param chance in [0, 1). */
export function nextMailAttempt(attempts: number, now: Date, chance: number): Date | null {
  return attempts >= mostMailAttempts
    ? null
    : new Date(now.getTime() + retryDelay(attempts, chance));
}
