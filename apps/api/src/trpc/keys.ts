import {
  completeRenewal,
  deleteKey,
  editKey,
  generateKey,
  getKey,
  listKeys,
  readKeysOverview,
  readKeyUsage,
  renewToken,
  rescheduleRenewal,
  undoRenewal,
  withdrawLink,
  type ApiKey,
  type Call,
  type EditKeyInput,
  type Ports,
} from '@latchkey/core';
import { z } from 'zod';
import {
  apiKey,
  editKeyBody,
  generateKeyBody,
  issuedKey,
  keyPage,
  keyQuery,
  keysOverview,
  keyUsage,
  taggedApiKey,
  taggedIssuedKey,
  taggedKeyPage,
  viewIssued,
  viewKey,
} from '../contract/keys.ts';
import { isMatch, versionEtag } from '../contract/etags.ts';
import { id, ifMatch, time } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

interface InAccount {
  ports: Ports;
  call: Call;
}

async function view({ ports, call }: InAccount, keys: readonly ApiKey[]) {
  const roles = await ports.store.roles.list(call.account.id);
  return keys.map((key) => viewKey(key, call.account, roles, ports.clock.now()));
}

async function viewOne(ctx: InAccount, key: ApiKey) {
  const [shown] = await view(ctx, [key]);
  if (!shown) throw new Error('A key has a view.');
  return shown;
}

const date = (text: string) => new Date(text);

/** Whether a key is one that an `If-Match` names. */
const seenBy = (tags: string | undefined) => (seen: ApiKey) => isMatch(tags, versionEtag(seen));
const one = accountInput({ id });
const keys = '/accounts/{account}/keys';
const key = `${keys}/{id}` as const;

function setStatus(
  status: 'active' | 'inactive',
  verb: 'activate' | 'deactivate',
  summary: string,
) {
  return accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${key}/${verb}`,
        needs: ['keys.edit'],
        summary,
        output: apiKey,
      }),
    )
    .input(one)
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) =>
      viewOne(ctx, unwrap(await editKey(ctx.ports, ctx.call, input.id, { status }))),
    );
}

export const keysRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: keys,
        needs: ['keys.view'],
        summary: 'List, search, filter and sort the keys',
        output: keyPage,
      }),
    )
    .input(accountInput(keyQuery))
    .output(taggedKeyPage)
    .query(async ({ ctx, input }) => {
      const { account: _, role, ...query } = input;
      const page = unwrap(await listKeys(ctx.ports, ctx.call, { ...query, roleId: role }));
      return { ...page, items: await view(ctx, page.items) };
    }),

  generate: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: keys,
        needs: ['keys.edit'],
        summary: 'Generate a key',
        description: 'The token is delivered by the single-access link alone.',
        status: 201,
        location: `${keys}/{key.id}`,
        output: issuedKey,
      }),
    )
    .input(accountInput(generateKeyBody))
    .output(taggedIssuedKey)
    .mutation(async ({ ctx, input }) => {
      const { name, roleIds, expiresAt } = input;
      const generated = unwrap(
        await generateKey(ctx.ports, ctx.call, {
          name,
          roleIds,
          expiresAt: expiresAt ? date(expiresAt) : null,
        }),
      );
      return { key: await viewOne(ctx, generated.key), link: viewIssued(generated.link) };
    }),

  overview: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${keys}/overview`,
        needs: ['keys.view'],
        summary: 'The keys in figures, and those to look after first',
      }),
    )
    .input(accountInput({}))
    .output(keysOverview)
    .query(async ({ ctx }) => {
      const { attention, ...figures } = unwrap(await readKeysOverview(ctx.ports, ctx.call));
      return {
        ...figures,
        attention: {
          expiring: await view(ctx, attention.expiring),
          overdue: await view(ctx, attention.overdue),
        },
      };
    }),

  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: key,
        needs: ['keys.view'],
        summary: 'Get one key',
        output: apiKey,
      }),
    )
    .input(one)
    .output(taggedApiKey)
    .query(async ({ ctx, input }) =>
      viewOne(ctx, unwrap(await getKey(ctx.ports, ctx.call, input.id))),
    ),

  usage: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${key}/usage`,
        needs: ['keys.view'],
        summary: 'How often a key was used of late',
      }),
    )
    .input(one)
    .output(keyUsage)
    .query(async ({ ctx, input }) => {
      const usage = unwrap(await readKeyUsage(ctx.ports, ctx.call, input.id));
      return { ...usage, days: [...usage.days], tokens: [...usage.tokens] };
    }),

  edit: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: key,
        needs: ['keys.edit'],
        summary: 'Edit a key: its name, roles, status or expiry',
        output: apiKey,
        refusals: ['STALE'],
      }),
    )
    .input(accountInput({ id, ...editKeyBody, ifMatch }))
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) => {
      const { name, roleIds, status, expiresAt } = input;
      const edit: EditKeyInput = {
        ...(name !== undefined && { name }),
        ...(roleIds !== undefined && { roleIds }),
        ...(status !== undefined && { status }),
        ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : date(expiresAt) }),
      };
      const isSeen = seenBy(input.ifMatch);
      return viewOne(ctx, unwrap(await editKey(ctx.ports, ctx.call, input.id, edit, isSeen)));
    }),

  delete: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: key,
        needs: ['keys.edit'],
        summary: 'Delete a key for ever',
        status: 204,
      }),
    )
    .input(one)
    .output(z.null())
    .mutation(async ({ ctx, input }) => unwrap(await deleteKey(ctx.ports, ctx.call, input.id))),

  activate: setStatus('active', 'activate', 'Activate a key'),
  deactivate: setStatus('inactive', 'deactivate', 'Deactivate a key'),

  renew: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${key}/renewal`,
        needs: ['keys.renew'],
        summary: 'Renew the token of a key',
        description:
          'Both tokens work until the renewal is completed or undone. Without completeAt, replacing an undelivered token keeps the time that its renewal has.',
        status: 201,
        location: key,
        output: issuedKey,
        refusals: ['RENEWAL_LINK_OPEN', 'RENEWAL_PENDING'],
      }),
    )
    .input(accountInput({ id, completeAt: time.nullish() }))
    .output(taggedIssuedKey)
    .mutation(async ({ ctx, input }) => {
      const { id: keyId, completeAt: given } = input;
      const completeAt = typeof given === 'string' ? date(given) : given;
      const renewed = unwrap(await renewToken(ctx.ports, ctx.call, keyId, completeAt));
      return { key: await viewOne(ctx, renewed.key), link: viewIssued(renewed.link) };
    }),

  reschedule: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: `${key}/renewal`,
        needs: ['keys.renew'],
        summary: 'Say when a pending renewal completes by itself, or take that back',
        output: apiKey,
        refusals: ['STALE', 'NO_PENDING_RENEWAL'],
      }),
    )
    .input(accountInput({ id, completeAt: time.nullable(), ifMatch }))
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) => {
      const completeAt = input.completeAt === null ? null : date(input.completeAt);
      return viewOne(
        ctx,
        unwrap(
          await rescheduleRenewal(ctx.ports, ctx.call, input.id, completeAt, seenBy(input.ifMatch)),
        ),
      );
    }),

  complete: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${key}/renewal/complete`,
        needs: ['keys.renew'],
        summary: 'Complete a pending renewal: delete the old token',
        output: apiKey,
        refusals: ['NO_PENDING_RENEWAL'],
      }),
    )
    .input(one)
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) =>
      viewOne(ctx, unwrap(await completeRenewal(ctx.ports, ctx.call, input.id))),
    ),

  undo: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${key}/renewal`,
        needs: ['keys.renew'],
        summary: 'Undo a pending renewal: delete the new token and withdraw its link',
        output: apiKey,
        refusals: ['NO_PENDING_RENEWAL'],
      }),
    )
    .input(one)
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) =>
      viewOne(ctx, unwrap(await undoRenewal(ctx.ports, ctx.call, input.id))),
    ),

  withdrawLink: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${key}/link`,
        needs: ['keys.renew', 'keys.edit'],
        summary: 'Withdraw the open link of a key',
        output: apiKey,
        refusals: ['NO_OPEN_LINK'],
      }),
    )
    .input(one)
    .output(taggedApiKey)
    .mutation(async ({ ctx, input }) =>
      viewOne(ctx, unwrap(await withdrawLink(ctx.ports, ctx.call, input.id))),
    ),
});
