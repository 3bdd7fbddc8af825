import { defineEntity, p } from '@mikro-orm/core';
import type { Told } from '@latchkey/core';
import { instant } from './columns.ts';

/** What an account is told of. */
export const NotificationEntity = defineEntity({
  name: 'notification',
  tableName: 'notification',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    type: p.string().$type<Told['type']>(),
    at: instant(),
    /** A JSON object. */
    data: p.text(),
  },
});

/** What was told once and is not told again. The subject is a key's id, or empty; it may be gone by now. */
export const ToldOnceEntity = defineEntity({
  name: 'told_once',
  tableName: 'told_once',
  properties: {
    accountId: p.string().primary(),
    type: p.string().primary(),
    subject: p.string().primary(),
    about: p.string().primary(),
    at: instant(),
  },
});

/** Failed verifications of a key, or of all keys of the account together (`keyId` empty), by the window that they fell into. */
export const FailedVerificationEntity = defineEntity({
  name: 'failed_verification',
  tableName: 'failed_verification',
  properties: {
    accountId: p.string().primary(),
    keyId: p.string().primary(),
    windowAt: instant().primary(),
    count: p.bigint('number'),
  },
});
