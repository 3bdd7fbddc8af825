import { deliveryErrors, deliveryStates, webhookStates } from '@latchkey/core';
import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** An endpoint. Its secrets are sealed. */
export const WebhookEntity = defineEntity({
  name: 'webhook',
  tableName: 'webhook',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    url: p.text(),
    description: p.string(),
    /** A JSON array. */
    types: p.text(),
    state: p.enum(webhookStates),
    secret: p.uint8array(),
    formerSecret: p.uint8array().nullable(),
    formerSecretUntil: instant().nullable(),
    failingSince: instant().nullable(),
    createdAt: instant(),
    version: p.integer(),
    /** Nothing is due before; `null` when nothing is pending. */
    dueAt: instant().nullable(),
    /** Counts the times that something became due. */
    dueChanges: p.integer().default(0),
  },
});

/** A notification on its way to an endpoint. While an attempt is under way, `nextAttemptAt` is when it is taken for lost. */
export const WebhookDeliveryEntity = defineEntity({
  name: 'webhook_delivery',
  tableName: 'webhook_delivery',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    webhookId: p.string(),
    notificationId: p.string(),
    state: p.enum(deliveryStates),
    attempts: p.integer(),
    nextAttemptAt: instant().nullable(),
    lastAttemptAt: instant().nullable(),
    lastStatus: p.integer().nullable(),
    lastError: p.enum(deliveryErrors).nullable(),
    createdAt: instant(),
  },
});
