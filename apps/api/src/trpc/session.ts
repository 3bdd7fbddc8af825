import { z } from 'zod';
import { person, signInBody } from '../contract/people.ts';
import { publicProcedure, rest, router, signedInProcedure } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';
import { provePerson } from './sign-in.ts';

const path = '/session';

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
    .mutation(async ({ ctx, input }) => {
      const { people, ports } = ctx;
      const proven = await provePerson(ctx, input);
      const signedIn = await people.beginSession(proven, ctx);
      ctx.setCookies(signedIn.cookies);
      const { administratorId } = await ports.store.instance.read();
      return { ...signedIn.person, administrator: administratorId === signedIn.person.id };
    }),

  signOut: publicProcedure
    .meta(rest({ method: 'DELETE', path, summary: 'Sign out', status: 204 }))
    .output(z.null())
    .mutation(async ({ ctx }) => {
      ctx.setCookies(await ctx.people.signOut(ctx.headers));
      return null;
    }),
});
