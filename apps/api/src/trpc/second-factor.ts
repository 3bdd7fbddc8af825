import type { Refusal } from '@latchkey/core';
import { z } from 'zod';
import { confirmEnrolmentBody, enrolment, proofBody, recoveryCodes } from '../contract/people.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';
import { proveAgain, renewSession } from './sign-in.ts';

const path = '/profile/second-factor';

export const proofRefusals = [
  'WRONG_PASSWORD',
  'WRONG_CODE',
  'WRONG_PASSKEY',
  'RATE_LIMITED',
] as const;

const none: Refusal = { code: 'NOT_FOUND', detail: 'You have no second factor.' };
const noApp: Refusal = { code: 'NOT_FOUND', detail: 'You have no authenticator app.' };

export const secondFactorRouter = router({
  begin: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/enrolment`,
        summary: 'Begin to add an authenticator app: its secret',
        description:
          'Needs the password, where there is one. Nothing is kept until a code confirms it.',
        refusals: ['SECOND_FACTOR_ON', ...proofRefusals],
      }),
    )
    .input(z.strictObject(proofBody))
    .output(enrolment)
    .mutation(async ({ ctx, input }) => {
      if ((await ctx.secondFactors.find(ctx.person.id))?.appSince) {
        const detail = 'You have an authenticator app already.';
        throw new RefusalError({ code: 'SECOND_FACTOR_ON', detail });
      }
      await proveAgain(ctx, input);
      return ctx.secondFactors.begin(ctx.person);
    }),

  confirm: personProcedure
    .meta(
      rest({
        method: 'POST',
        path,
        summary: 'Turn the authenticator app on; shows the recovery codes, once',
        description: 'Ends every session, and begins a new one here.',
        status: 201,
        refusals: ['SECOND_FACTOR_ON', 'WRONG_CODE'],
      }),
    )
    .input(z.strictObject(confirmEnrolmentBody))
    .output(recoveryCodes)
    .mutation(async ({ ctx, input }) => {
      const { secondFactors, person } = ctx;
      const codes = unwrap(await secondFactors.confirm(person, input.enrolment, input.code));
      await renewSession(ctx, 'sign-in.app-added');
      return { recoveryCodes: codes };
    }),

  renewRecoveryCodes: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/recovery-codes`,
        summary: 'Replace the recovery codes; shows them, once',
        status: 201,
        refusals: ['NOT_FOUND', ...proofRefusals],
      }),
    )
    .input(z.strictObject(proofBody))
    .output(recoveryCodes)
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.secondFactors.find(ctx.person.id))) throw new RefusalError(none);
      await proveAgain(ctx, input);
      const { from, person, secondFactors, signInChanges } = ctx;
      const codes = await secondFactors.renewRecoveryCodes(person.id);
      await signInChanges.tell(person, 'sign-in.codes-replaced', from);
      return { recoveryCodes: codes };
    }),

  turnOff: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/turn-off`,
        summary: 'Turn the authenticator app off',
        description: 'Ends every session, and begins a new one here.',
        status: 204,
        refusals: ['NOT_FOUND', ...proofRefusals],
      }),
    )
    .input(z.strictObject(proofBody))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.secondFactors.find(ctx.person.id))?.appSince) throw new RefusalError(noApp);
      await proveAgain(ctx, input);
      await ctx.secondFactors.turnOff(ctx.person.id);
      await renewSession(ctx, 'sign-in.app-removed');
      return null;
    }),
});
