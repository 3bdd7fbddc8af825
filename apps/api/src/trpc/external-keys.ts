import {
  addExternalKey,
  editExternalKey,
  getExternalKey,
  listExternalKeys,
  removeExternalKey,
  type Call,
  type ExternalKey,
  type ListedExternalKey,
  type Ports,
} from '@latchkey/core';
import { z } from 'zod';
import { externalKey, taggedExternalKey, viewExternalKey } from '../contract/external-keys.ts';
import { isMatch, versionEtag } from '../contract/etags.ts';
import { id, ifMatch, list, roleIds, soughtText } from '../contract/values.ts';
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
        needs: ['keys.view'],
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

  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${externalKeys}/{id}`,
        needs: ['keys.view'],
        summary: 'Get one external key',
        output: externalKey,
      }),
    )
    .input(accountInput({ id }))
    .output(taggedExternalKey)
    .query(async ({ ctx, input }) =>
      view(ctx, unwrap(await getExternalKey(ctx.ports, ctx.call, input.id))),
    ),

  add: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: externalKeys,
        needs: ['keys.edit'],
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
        needs: ['keys.edit'],
        summary: 'Change the roles of an external key',
        output: externalKey,
        refusals: ['STALE'],
      }),
    )
    .input(accountInput({ id, roleIds, ifMatch }))
    .output(taggedExternalKey)
    .mutation(async ({ ctx, input }) => {
      const isSeen = (seen: ExternalKey) => isMatch(input.ifMatch, versionEtag(seen));
      const { id: externalKeyId, roleIds: chosen } = input;
      return view(
        ctx,
        unwrap(await editExternalKey(ctx.ports, ctx.call, externalKeyId, chosen, isSeen)),
      );
    }),

  remove: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${externalKeys}/{id}`,
        needs: ['keys.edit'],
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
