import { changeSettings, readSettings } from '@latchkey/core';
import { settings } from '../contract/accounts.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const path = '/accounts/{account}/settings';

export const settingsRouter = router({
  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path,
        needs: ['keys.view', 'keys.settings'],
        summary: 'Get the settings of the account',
      }),
    )
    .input(accountInput({}))
    .output(settings)
    .query(({ ctx }) => unwrap(readSettings(ctx.call))),

  set: accountProcedure
    .meta(
      rest({ method: 'PUT', path, needs: ['keys.settings'], summary: 'Set the renewal period' }),
    )
    .input(accountInput(settings.shape))
    .output(settings)
    .mutation(async ({ ctx, input: { renewalPeriodMonths } }) =>
      unwrap(await changeSettings(ctx.ports, ctx.call, { renewalPeriodMonths })),
    ),
});
