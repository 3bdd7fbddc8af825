import { mailLanguages } from '@latchkey/core';
import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** A mail to a member: about one notification, or about the alerts of the day that ends at `digestUntil`. It is kept when it was sent, so that it is sent once. */
export const MailEntity = defineEntity({
  name: 'mail',
  tableName: 'mail',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    memberId: p.string(),
    notificationId: p.string().nullable(),
    digestUntil: instant().nullable(),
    attempts: p.integer(),
    /** `null` when it is over. While it is being sent: when it is taken for lost. */
    nextAttemptAt: instant().nullable(),
    createdAt: instant(),
  },
});

/** What a member wants to be mailed; 0 or 1. */
export const MailPreferenceEntity = defineEntity({
  name: 'mail_preference',
  tableName: 'mail_preference',
  properties: {
    accountId: p.string().primary(),
    memberId: p.string().primary(),
    events: p.integer(),
    digest: p.integer(),
    language: p.enum(mailLanguages),
  },
});
