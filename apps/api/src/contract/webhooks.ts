import {
  deliveryErrors,
  deliveryStates,
  notificationTypes,
  webhookStates,
  type Delivery,
  type Webhook,
} from '@latchkey/core';
import { z } from 'zod';
import { cursor, description, id, limit, utcTime } from './values.ts';

const url = z
  .string()
  .trim()
  .max(2000, 'A URL has at most 2,000 characters.')
  .refine((text) => URL.canParse(text), 'This is no URL.')
  .transform((text) => new URL(text).href)
  .meta({ example: 'https://hooks.example.com/latchkey' });

const types = z
  .array(z.enum(notificationTypes))
  .min(1, 'Choose what it is told of.')
  .max(100)
  .transform((chosen) => [...new Set(chosen)])
  .meta({ description: 'What it is told of.', example: ['key.deleted', 'key.renewal_due'] });

export const webhook = z
  .object({
    id,
    url: z.string().meta({ example: 'https://hooks.example.com/latchkey' }),
    description: z.string(),
    types: z.array(z.enum(notificationTypes)),
    state: z.enum(webhookStates).meta({
      description:
        'Only an active one is sent anything. Latchkey disables one that failed for two days, or answered 410.',
    }),
    failingSince: utcTime
      .nullable()
      .meta({ description: 'The first failure since it last took something.' }),
    formerSecretUntil: utcTime.nullable().meta({
      description: 'Until when the secret before the present one signs too.',
    }),
    createdAt: utcTime,
  })
  .meta({ id: 'Webhook' });

/** An endpoint over tRPC, which has no headers: its entity tag comes with it. */
export const taggedWebhook = webhook.extend({ etag: z.string() }).meta({ id: 'TaggedWebhook' });

const secret = z.string().meta({
  description: 'Signs what is sent, by Standard Webhooks. Shown this once.',
  example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
});

export const issuedWebhook = z.object({ webhook, secret }).meta({ id: 'IssuedWebhook' });

export const taggedIssuedWebhook = issuedWebhook
  .extend({ webhook: taggedWebhook })
  .meta({ id: 'TaggedIssuedWebhook' });

export const createWebhookBody = { url, description: description.optional(), types };

export const editWebhookBody = {
  url: url.optional(),
  description: description.optional(),
  types: types.optional(),
  state: z.enum(['active', 'paused']).optional(),
};

export const delivery = z
  .object({
    id,
    message: id.meta({
      description:
        'The webhook-id of every attempt: by it a receiver knows what it has had already.',
    }),
    type: z.enum([...notificationTypes, 'webhook.test']),
    state: z.enum(deliveryStates),
    attempts: z.int().meta({ description: 'Begun since it was last asked for.', example: 1 }),
    nextAttemptAt: utcTime.nullable().meta({ description: 'null when it is over.' }),
    lastAttemptAt: utcTime.nullable(),
    lastStatus: z.int().nullable().meta({
      description: 'The HTTP status of the last answer.',
      example: 200,
    }),
    lastError: z.enum(deliveryErrors).nullable().meta({
      description: 'Why the last attempt got no answer.',
    }),
    createdAt: utcTime,
  })
  .meta({ id: 'Delivery' });

export const deliveryPage = z
  .object({ items: z.array(delivery), nextCursor: cursor.nullable() })
  .meta({ id: 'DeliveryPage' });

export const deliveryQuery = {
  state: z.enum(deliveryStates).optional(),
  cursor: cursor.optional(),
  limit,
};

const toText = (at: Date | null) => at && at.toISOString();

/** Shows an endpoint, without its secret. */
export function viewWebhook(shown: Webhook): z.input<typeof webhook> {
  return {
    id: shown.id,
    url: shown.url,
    description: shown.description,
    types: [...shown.types],
    state: shown.state,
    failingSince: toText(shown.failingSince),
    formerSecretUntil: toText(shown.formerSecret?.until ?? null),
    createdAt: shown.createdAt.toISOString(),
  };
}

/** Shows a delivery. */
export function viewDelivery(shown: Delivery): z.input<typeof delivery> {
  return {
    id: shown.id,
    message: shown.notificationId,
    type: shown.type,
    state: shown.state,
    attempts: shown.attempts,
    nextAttemptAt: toText(shown.nextAttemptAt),
    lastAttemptAt: toText(shown.lastAttemptAt),
    lastStatus: shown.lastStatus,
    lastError: shown.lastError,
    createdAt: shown.createdAt.toISOString(),
  };
}
