import {
  addExternalKey,
  editExternalKey,
  listExternalKeys,
  removeExternalKey,
  type Call,
  type ListedExternalKey,
  type Ports,
} from '@latchkey/core';
import { z } from 'zod';
import { externalKey, taggedExternalKey, viewExternalKey } from '../contract/external-keys.ts';
import { readEtag } from '../contract/keys.ts';
import { id, list, roleIds, soughtText } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

async function view(ctx: { ports: Ports; call: Call }, listed: ListedExternalKey) {
  return viewExternalKey(listed, await ctx.ports.store.roles.list(ctx.call.account.id));
}

const externalKeys = '/accounts/{account}/external-keys';

export const externalKeysRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: externalKeys,
        summary: 'List the keys of other accounts that this one granted roles to',
        output: list(externalKey),
      }),
    )
    .input(accountInput({}))
    .output(list(taggedExternalKey))
    .query(async ({ ctx }) => {
      const listed = unwrap(await listExternalKeys(ctx.ports, ctx.call));
      const roles = await ctx.ports.store.roles.list(ctx.call.account.id);
      return { items: listed.map((item) => viewExternalKey(item, roles)) };
    }),

  add: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: externalKeys,
        summary: 'Grant roles to a key of another account',
        status: 201,
        location: `${externalKeys}/{id}`,
        output: externalKey,
        refusals: ['EXTERNAL_KEY_EXISTS', 'OWN_KEY'],
      }),
    )
    .input(accountInput({ key: soughtText(100).min(1), roleIds }))
    .output(taggedExternalKey)
    .mutation(async ({ ctx, input }) =>
      view(ctx, unwrap(await addExternalKey(ctx.ports, ctx.call, input.key, input.roleIds))),
    ),

  edit: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: `${externalKeys}/{id}`,
        summary: 'Change the roles of an external key',
        output: externalKey,
        refusals: ['STALE'],
      }),
    )
    .input(accountInput({ id, roleIds, ifMatch: z.string().max(100).optional() }))
    .output(taggedExternalKey)
    .mutation(async ({ ctx, input }) => {
      const version = readEtag(input.ifMatch);
      const { id: externalKeyId, roleIds: chosen } = input;
      return view(
        ctx,
        unwrap(await editExternalKey(ctx.ports, ctx.call, externalKeyId, chosen, version)),
      );
    }),

  remove: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${externalKeys}/{id}`,
        summary: 'Take back what was granted to a key of another account',
        status: 204,
      }),
    )
    .input(accountInput({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) =>
      unwrap(await removeExternalKey(ctx.ports, ctx.call, input.id)),
    ),
});
