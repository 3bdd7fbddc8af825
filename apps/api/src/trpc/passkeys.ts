import type { Refusal } from '@latchkey/core';
import { z } from 'zod';
import {
  addedPasskey,
  addPasskeyBody,
  ownPasskey,
  passkeyEnrolment,
  proofBody,
  renamePasskeyBody,
} from '../contract/people.ts';
import { id, list } from '../contract/values.ts';
import type { Passkey } from '../people/passkeys.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';
import { proofRefusals } from './second-factor.ts';
import { checkRemoval, proveAgain, renewSession } from './sign-in.ts';

const path = '/profile/passkeys';

const none: Refusal = { code: 'NOT_FOUND', detail: 'You have no such passkey.' };

const viewPasskey = ({ createdAt, lastUsedAt, ...passkey }: Passkey) => ({
  ...passkey,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

export const passkeysRouter = router({
  list: personProcedure
    .meta(rest({ method: 'GET', path, summary: 'Your passkeys', refusals: ['FORBIDDEN'] }))
    .output(list(ownPasskey))
    .query(async ({ ctx }) => ({
      items: (await ctx.passkeys.list(ctx.person.id)).map(viewPasskey),
    })),

  begin: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/enrolment`,
        summary: 'Begin to add a passkey: what the browser makes one with',
        description:
          'Needs the password, where there is one. Nothing is kept until the passkey is added, in the same browser.',
        refusals: ['TOO_MANY_PASSKEYS', ...proofRefusals],
      }),
    )
    .input(z.strictObject(proofBody))
    .output(passkeyEnrolment)
    .mutation(async ({ ctx, input }) => {
      await proveAgain(ctx, input);
      const { cookies, ...begun } = unwrap(await ctx.passkeys.begin(ctx.person, ctx.headers));
      ctx.setCookies(cookies);
      return begun;
    }),

  add: personProcedure
    .meta(
      rest({
        method: 'POST',
        path,
        summary: 'Add a passkey; with the first factor, shows the recovery codes, once',
        description: 'Ends every session, and begins a new one here.',
        status: 201,
        refusals: ['PASSKEY_EXISTS'],
      }),
    )
    .input(z.strictObject(addPasskeyBody))
    .output(addedPasskey)
    .mutation(async ({ ctx, input: { name, ...answer } }) => {
      const { headers, passkeys, person } = ctx;
      const added = unwrap(await passkeys.add(person, name, answer, headers));
      await renewSession(ctx, 'sign-in.passkey-added');
      return { ...added, passkey: viewPasskey(added.passkey) };
    }),

  rename: personProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: `${path}/{id}`,
        summary: 'Rename a passkey',
        status: 204,
        refusals: ['NOT_FOUND'],
      }),
    )
    .input(z.strictObject({ id, ...renamePasskeyBody }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      const renamed = await ctx.passkeys.rename(ctx.person.id, input.id, input.name);
      if (!renamed) throw new RefusalError(none);
      return null;
    }),

  remove: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/{id}/remove`,
        summary: 'Remove a passkey',
        description: 'Ends every session, and begins a new one here.',
        status: 204,
        refusals: ['NOT_FOUND', 'ONLY_WAY_IN', ...proofRefusals],
      }),
    )
    .input(z.strictObject({ id, ...proofBody }))
    .output(z.null())
    .mutation(async ({ ctx, input: { id: passkeyId, ...proof } }) => {
      const { openIdConnect, passkeys, person } = ctx;
      const own = await passkeys.list(person.id);
      if (!own.some((passkey) => passkey.id === passkeyId)) throw new RefusalError(none);
      await proveAgain(ctx, proof);
      const identitiesSignIn = openIdConnect !== undefined;
      checkRemoval(await passkeys.remove(person.id, passkeyId, identitiesSignIn), none);
      await renewSession(ctx, 'sign-in.passkey-removed');
      return null;
    }),
});
