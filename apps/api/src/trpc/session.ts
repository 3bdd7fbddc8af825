import type { Person } from '@latchkey/core';
import { z } from 'zod';
import { passkeyChallenge, passkeyProof, person, signInBody } from '../contract/people.ts';
import type { Context } from './context.ts';
import { publicProcedure, rest, router, signedInProcedure } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';
import { provePerson, provePersonByPasskey } from './sign-in.ts';

const path = '/session';

/** Signs in who proved who they are. */
async function signIn(ctx: Context, proven: Person) {
  const { people, ports } = ctx;
  const signedIn = await people.beginSession(proven, ctx);
  ctx.setCookies(signedIn.cookies);
  const { administratorId } = await ports.store.instance.read();
  return { ...signedIn.person, administrator: administratorId === signedIn.person.id };
}

export const sessionRouter = router({
  get: signedInProcedure
    .meta(rest({ method: 'GET', path, summary: 'Who is signed in', refusals: ['FORBIDDEN'] }))
    .output(person)
    .query(async ({ ctx }) => {
      if (ctx.principal.kind === 'key') {
        throw new RefusalError({ code: 'FORBIDDEN', detail: 'A key has no session.' });
      }
      const { id, email, name } = ctx.principal;
      const { administratorId } = await ctx.ports.store.instance.read();
      return { id, email, name, administrator: administratorId === id };
    }),

  signIn: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path,
        summary: 'Sign in; sets the session cookie',
        refusals: ['UNAUTHENTICATED', 'SECOND_FACTOR_REQUIRED', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(signInBody))
    .output(person)
    .mutation(async ({ ctx, input }) => signIn(ctx, await provePerson(ctx, input))),

  challenge: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/passkey-challenge`,
        summary: 'Begin to sign in with a passkey: what the browser asks for one with',
        description: 'Good for ten minutes, once, in the same browser.',
      }),
    )
    .output(passkeyChallenge)
    .mutation(({ ctx }) => {
      const { cookies, ...challenge } = ctx.passkeys.challenge(ctx.headers);
      ctx.setCookies(cookies);
      return challenge;
    }),

  signInByPasskey: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/passkey`,
        summary: 'Sign in with a passkey alone; sets the session cookie',
        refusals: ['UNAUTHENTICATED', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(passkeyProof))
    .output(person)
    .mutation(async ({ ctx, input }) => signIn(ctx, await provePersonByPasskey(ctx, input))),

  signOut: publicProcedure
    .meta(rest({ method: 'DELETE', path, summary: 'Sign out', status: 204 }))
    .output(z.null())
    .mutation(async ({ ctx }) => {
      ctx.setCookies(await ctx.people.signOut(ctx.headers));
      return null;
    }),
});
