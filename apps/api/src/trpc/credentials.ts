import { previewLink, redeemLink, Secret, type Result } from '@latchkey/core';
import { z } from 'zod';
import { linkPreview, redeemedCredential } from '../contract/credentials.ts';
import { handedSecret } from '../contract/values.ts';
import { publicProcedure, rest, router } from './procedures.ts';
import type { Context } from './context.ts';
import { RefusalError, unwrap } from './refusal-error.ts';

const input = z.strictObject({ linkToken: handedSecret });
const path = '/credentials/{linkToken}';

/** Opens a link for somebody who has not opened too many that were gone. */
async function open<T>({ limits, from }: Context, look: () => Promise<Result<T>>): Promise<T> {
  const limited = await limits.openLink(from);
  if (limited) throw new RefusalError(limited);
  const found = unwrap(await look());
  await limits.foundLink(from);
  return found;
}

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
      const preview = await open(ctx, () =>
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
      const { key, token } = await open(ctx, () =>
        redeemLink(ctx.ports, new Secret(linkToken), ctx.from),
      );
      return { key, token: token.reveal() };
    }),
});
