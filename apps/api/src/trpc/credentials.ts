import { previewLink, redeemLink, Secret } from '@latchkey/core';
import { z } from 'zod';
import { linkPreview, redeemedCredential } from '../contract/credentials.ts';
import { handedSecret } from '../contract/values.ts';
import { openLink } from './open-link.ts';
import { publicProcedure, rest, router } from './procedures.ts';

const input = z.strictObject({ linkToken: handedSecret });
const path = '/credentials/{linkToken}';

export const credentialsRouter = router({
  // A mutation, though it consumes nothing: over tRPC a query's input stands in the URL, where no link token may be.
  preview: publicProcedure
    .meta(
      rest({
        method: 'GET',
        path,
        summary: 'See whose credential a single-access link delivers; consumes nothing',
        refusals: ['LINK_GONE', 'RATE_LIMITED'],
      }),
    )
    .input(input)
    .output(linkPreview)
    .mutation(async ({ ctx, input: { linkToken } }) => {
      const preview = await openLink(ctx, () =>
        previewLink(ctx.ports, new Secret(linkToken), ctx.from),
      );
      return { ...preview, expiresAt: preview.expiresAt.toISOString() };
    }),

  redeem: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/redeem`,
        summary: 'Redeem a single-access link: the first to ask receives the token',
        refusals: ['LINK_GONE', 'RATE_LIMITED'],
      }),
    )
    .input(input)
    .output(redeemedCredential)
    .mutation(async ({ ctx, input: { linkToken } }) => {
      const { key, token } = await openLink(ctx, () =>
        redeemLink(ctx.ports, new Secret(linkToken), ctx.from),
      );
      return { key, token: token.reveal() };
    }),
});
