import {
  createWebhook,
  deleteWebhook,
  editWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  replaceWebhookSecret,
  resendDelivery,
  testWebhook,
  type EditWebhookInput,
  type Secret,
  type Webhook,
} from '@latchkey/core';
import { z } from 'zod';
import { isMatch, versionEtag } from '../contract/etags.ts';
import { id, ifMatch, list } from '../contract/values.ts';
import {
  createWebhookBody,
  delivery,
  deliveryPage,
  deliveryQuery,
  editWebhookBody,
  issuedWebhook,
  taggedIssuedWebhook,
  taggedWebhook,
  viewDelivery,
  viewWebhook,
  webhook,
} from '../contract/webhooks.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const view = (shown: Webhook) => ({ ...viewWebhook(shown), etag: versionEtag(shown) });

/** The one place where a signing secret is handed over. */
const viewIssued = (issued: { webhook: Webhook; secret: Secret }) => ({
  webhook: view(issued.webhook),
  secret: issued.secret.reveal(),
});

const webhooks = '/accounts/{account}/webhooks';
const one = `${webhooks}/{id}` as const;
const needs = ['keys.settings'] as const;

export const webhooksRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: webhooks,
        needs,
        summary: 'List the webhooks',
        output: list(webhook),
      }),
    )
    .input(accountInput({}))
    .output(list(taggedWebhook))
    .query(async ({ ctx }) => ({
      items: unwrap(await listWebhooks(ctx.ports, ctx.call)).map(view),
    })),

  get: accountProcedure
    .meta(rest({ method: 'GET', path: one, needs, summary: 'Get one webhook', output: webhook }))
    .input(accountInput({ id }))
    .output(taggedWebhook)
    .query(async ({ ctx, input }) => view(unwrap(await getWebhook(ctx.ports, ctx.call, input.id)))),

  create: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: webhooks,
        needs,
        summary: 'Create a webhook',
        description:
          'What is sent is signed by Standard Webhooks with the secret, which is shown this once.',
        status: 201,
        location: `${webhooks}/{webhook.id}`,
        output: issuedWebhook,
      }),
    )
    .input(accountInput(createWebhookBody))
    .output(taggedIssuedWebhook)
    .mutation(async ({ ctx: { call, checkWebhookUrl, ports }, input }) => {
      const { url, description = '', types } = input;
      const given = { url, description, types };
      return viewIssued(unwrap(await createWebhook(ports, call, given, checkWebhookUrl)));
    }),

  edit: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: one,
        needs,
        summary: 'Edit a webhook: its URL, description, what it is told of, or pause it',
        output: webhook,
        refusals: ['STALE'],
      }),
    )
    .input(accountInput({ id, ...editWebhookBody, ifMatch }))
    .output(taggedWebhook)
    .mutation(async ({ ctx: { call, checkWebhookUrl, ports }, input }) => {
      const { url, description, types, state } = input;
      const edit: EditWebhookInput = {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(types !== undefined && { types }),
        ...(state !== undefined && { state }),
      };
      const isSeen = (seen: Webhook) => isMatch(input.ifMatch, versionEtag(seen));
      return view(unwrap(await editWebhook(ports, call, input.id, edit, checkWebhookUrl, isSeen)));
    }),

  replaceSecret: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${one}/secret`,
        needs,
        summary: 'Replace the signing secret of a webhook',
        description: 'The one before it signs too, for a day.',
        output: issuedWebhook,
      }),
    )
    .input(accountInput({ id }))
    .output(taggedIssuedWebhook)
    .mutation(async ({ ctx, input }) =>
      viewIssued(unwrap(await replaceWebhookSecret(ctx.ports, ctx.call, input.id))),
    ),

  delete: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: one,
        needs,
        summary: 'Delete a webhook with its deliveries',
        status: 204,
      }),
    )
    .input(accountInput({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => unwrap(await deleteWebhook(ctx.ports, ctx.call, input.id))),

  test: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${one}/test`,
        needs,
        summary: 'Send a test to a webhook',
        description: 'What came of it stands in its deliveries.',
        status: 201,
        output: delivery,
      }),
    )
    .input(accountInput({ id }))
    .output(delivery)
    .mutation(async ({ ctx, input }) =>
      viewDelivery(unwrap(await testWebhook(ctx.ports, ctx.call, input.id))),
    ),

  deliveries: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${one}/deliveries`,
        needs,
        summary: 'List the deliveries of a webhook, newest first',
        description: 'They are kept for 30 days.',
      }),
    )
    .input(accountInput({ id, ...deliveryQuery }))
    .output(deliveryPage)
    .query(async ({ ctx, input }) => {
      const { account: _, id: webhookId, ...query } = input;
      const page = unwrap(await listDeliveries(ctx.ports, ctx.call, webhookId, query));
      return { ...page, items: page.items.map(viewDelivery) };
    }),

  resend: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${one}/deliveries/{delivery}/resend`,
        needs,
        summary: 'Send a delivery again, with all its attempts before it',
        output: delivery,
      }),
    )
    .input(accountInput({ id, delivery: id }))
    .output(delivery)
    .mutation(async ({ ctx, input }) =>
      viewDelivery(unwrap(await resendDelivery(ctx.ports, ctx.call, input.id, input.delivery))),
    ),
});
