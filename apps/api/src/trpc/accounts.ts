import { createAccount, listAccounts } from '@latchkey/core';
import { z } from 'zod';
import { account, viewAccount } from '../contract/accounts.ts';
import { accountName, list, slug } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router, signedInProcedure } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

export const accountsRouter = router({
  list: signedInProcedure
    .meta(
      rest({
        method: 'GET',
        path: '/accounts',
        summary: 'List the accounts that you are a member of',
      }),
    )
    .output(list(account))
    .query(async ({ ctx }) => {
      const entered = await listAccounts(ctx.ports, ctx.principal);
      return { items: entered.map(({ account: own, actor }) => viewAccount(own, actor)) };
    }),

  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: '/accounts/{account}',
        summary: 'Get an account, and what you may do in it',
      }),
    )
    .input(accountInput({}))
    .output(account)
    .query(({ ctx }) => viewAccount(ctx.call.account, ctx.call.actor)),

  create: signedInProcedure
    .meta(
      rest({
        method: 'POST',
        path: '/accounts',
        summary: 'Create an account; only for the administrator of the instance',
        status: 201,
        location: '/accounts/{slug}',
        refusals: ['FORBIDDEN', 'SLUG_TAKEN'],
      }),
    )
    .input(z.strictObject({ slug, name: accountName }))
    .output(account)
    .mutation(async ({ ctx, input }) => {
      const created = unwrap(await createAccount(ctx.ports, ctx.principal, input, ctx.from));
      const own = await listAccounts(ctx.ports, ctx.principal);
      const entered = own.find((candidate) => candidate.account.id === created.id);
      if (!entered) throw new Error('Whoever creates an account is its owner.');
      return viewAccount(entered.account, entered.actor);
    }),
});
