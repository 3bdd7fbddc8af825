import { Secret } from '@latchkey/core';
import { z } from 'zod';
import {
  askPasswordResetBody,
  passwordResetPath,
  passwordResetPreview,
  resetPasswordBody,
} from '../contract/password-resets.ts';
import { openLink } from './open-link.ts';
import { publicProcedure, rest, router } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';

const path = '/password-resets';

export const passwordResetsRouter = router({
  ask: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path,
        summary: 'Ask for a mail with a link to choose a new password',
        description:
          'Answers the same whether or not somebody is registered with the address. A newer link makes the older ones worthless. 404 where no mail is set up.',
        status: 204,
        refusals: ['NOT_FOUND', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(askPasswordResetBody))
    .output(z.null())
    .mutation(async ({ ctx: { from, limits, passwordResets }, input: { email, language } }) => {
      if (!passwordResets.ask) {
        const detail = 'No mail is set up here. Ask whoever looks after Latchkey for a link.';
        throw new RefusalError({ code: 'NOT_FOUND', detail });
      }
      const limited = await limits.askReset(email, from);
      if (limited) throw new RefusalError(limited);
      passwordResets.ask(email, language);
      return null;
    }),

  // A mutation, though it consumes nothing: over tRPC a query's input stands in the URL, where no such secret may be.
  preview: publicProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${path}/{reset}`,
        summary: 'See whose password a link is for; consumes nothing',
        refusals: ['RESET_GONE', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(passwordResetPath))
    .output(passwordResetPreview)
    .mutation(async ({ ctx, input }) => {
      const open = async () => ctx.passwordResets.preview(new Secret(input.reset));
      const { email, expiresAt } = await openLink(ctx, open);
      return { email, expiresAt: expiresAt.toISOString() };
    }),

  choose: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/{reset}/password`,
        summary: 'Choose a new password, once; ends every session of the person, and begins none',
        status: 204,
        refusals: ['RESET_GONE', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject({ ...passwordResetPath, ...resetPasswordBody }))
    .output(z.null())
    .mutation(async ({ ctx, input: { password, reset } }) => {
      const { from, limits, passwordResets } = ctx;
      const choose = async () => passwordResets.choose(new Secret(reset), password, from);
      const { email } = await openLink(ctx, choose);
      await limits.attempts.forget(email, from);
      return null;
    }),
});
