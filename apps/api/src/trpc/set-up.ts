import { z } from 'zod';
import { account, viewAccount } from '../contract/accounts.ts';
import { setUpBody, setUpState } from '../contract/people.ts';
import { enterAccount } from '@latchkey/core';
import { publicProcedure, rest, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';

const path = '/set-up';

export const setUpRouter = router({
  get: publicProcedure
    .meta(rest({ method: 'GET', path, summary: 'Whether this instance waits to be set up' }))
    .output(setUpState)
    .query(async ({ ctx }) => ({ needed: await ctx.setUp.isNeeded() })),

  claim: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path,
        summary: 'Set the instance up: create its first account and its owner',
        status: 201,
        location: '/accounts/{slug}',
        refusals: ['FORBIDDEN', 'ALREADY_SET_UP', 'SLUG_TAKEN', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(setUpBody))
    .output(account)
    .mutation(async ({ ctx, input: { code, ...claim } }) => {
      const {
        limits: { attempts },
        from,
        people,
        ports,
        setUp,
      } = ctx;
      const limited = await attempts.begin('set-up', from);
      if (limited) throw new RefusalError(limited);
      if (!(await setUp.isNeeded())) {
        throw new RefusalError({
          code: 'ALREADY_SET_UP',
          detail: 'This instance is set up already. Sign in.',
        });
      }
      if (!(await setUp.isCode(code))) {
        throw new RefusalError({
          code: 'FORBIDDEN',
          detail: 'This set-up code is not the one that the console printed.',
        });
      }
      await attempts.succeed('set-up', from);
      const claimed = unwrap(await setUp.claim(claim, from));
      const { cookies, person } = await people.beginSession(claimed.person, ctx);
      ctx.setCookies(cookies);
      const principal = { kind: 'person', ...person } as const;
      const entered = unwrap(await enterAccount(ports, principal, claimed.account.slug));
      return viewAccount(entered.account, entered.actor);
    }),
});
