import { Secret } from '@latchkey/core';
import { z } from 'zod';
import {
  awaitedFactors,
  beginOpenIdConnectBody,
  begunOpenIdConnect,
  identityProvider,
  pagePath,
} from '../contract/openid-connect.ts';
import { signInBody } from '../contract/people.ts';
import { publicProcedure, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';

const none = { code: 'NOT_FOUND', detail: 'No identity provider is set up here.' } as const;

/** Signing in by the company's identity provider: for browsers, so REST does not open it. */
export const openIdConnectRouter = router({
  provider: publicProcedure
    .input(z.void())
    .output(identityProvider)
    .query(({ ctx }) => ({ name: ctx.openIdConnect?.providerName ?? null })),

  begin: publicProcedure
    .input(z.strictObject(beginOpenIdConnectBody))
    .output(begunOpenIdConnect)
    .mutation(async ({ ctx, input: { invitation, returnPath } }) => {
      if (!ctx.openIdConnect) throw new RefusalError(none);
      const secret = invitation === undefined ? undefined : new Secret(invitation);
      const begun = await ctx.openIdConnect.begin(returnPath, secret);
      if (!begun) return { url: null };
      ctx.setCookies([begun.cookie]);
      return { url: begun.url };
    }),

  awaitedFactors: publicProcedure
    .input(z.void())
    .output(awaitedFactors)
    .query(async ({ ctx }) => ({
      factors: (await ctx.openIdConnect?.awaitedFactors(ctx.headers)) ?? [],
    })),

  proveSecondFactor: publicProcedure
    .input(
      z.union([
        z.strictObject({ code: signInBody.code.unwrap() }),
        z.strictObject({ passkey: signInBody.passkey.unwrap() }),
      ]),
    )
    .output(pagePath)
    .mutation(async ({ ctx, input }) => {
      if (!ctx.openIdConnect) throw new RefusalError(none);
      const { cookies, path } = unwrap(await ctx.openIdConnect.proveSecondFactor(input, ctx));
      ctx.setCookies(cookies);
      return { path };
    }),
});
