import type { Person, Refusal } from '@latchkey/core';
import { z } from 'zod';
import { changePasswordBody, editProfileBody, profile, proofBody } from '../contract/people.ts';
import type { Context } from './context.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';
import { proofRefusals } from './second-factor.ts';
import { checkRemoval, proveAgain, renewSession } from './sign-in.ts';

const path = '/profile';

const notConnected: Refusal = {
  code: 'NOT_FOUND',
  detail: 'You are connected with no identity provider.',
};

type ProfileContext = Pick<Context, 'openIdConnect' | 'people' | 'ports' | 'secondFactors'>;

async function viewProfile(
  { openIdConnect, people, ports, secondFactors }: ProfileContext,
  person: Person,
) {
  const { administratorId } = await ports.store.instance.read();
  const secondFactor = await secondFactors.find(person.id);
  return {
    ...person,
    administrator: administratorId === person.id,
    hasPassword: await people.hasPassword(person.id),
    identityProvider: openIdConnect
      ? { name: openIdConnect.providerName, connected: await people.hasIdentity(person.id) }
      : null,
    secondFactor: secondFactor && {
      ...secondFactor,
      appSince: secondFactor.appSince?.toISOString() ?? null,
    },
  };
}

export const profileRouter = router({
  get: personProcedure
    .meta(rest({ method: 'GET', path, summary: 'Your own profile', refusals: ['FORBIDDEN'] }))
    .output(profile)
    .query(async ({ ctx }) => viewProfile(ctx, ctx.person)),

  edit: personProcedure
    .meta(rest({ method: 'PATCH', path, summary: 'Change your name, in every account' }))
    .input(z.strictObject(editProfileBody))
    .output(profile)
    .mutation(async ({ ctx, input: { name } }) => {
      await ctx.people.rename(ctx.person.id, name);
      await ctx.ports.store.members.rename(ctx.person.id, name);
      return viewProfile(ctx, { ...ctx.person, name });
    }),

  changePassword: personProcedure
    .meta(
      rest({
        method: 'PUT',
        path: `${path}/password`,
        summary: 'Change your password; ends every session, and begins a new one here',
        status: 204,
        refusals: ['WRONG_PASSWORD', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject(changePasswordBody))
    .output(z.null())
    .mutation(async ({ ctx, input: { currentPassword, newPassword } }) => {
      await proveAgain(ctx, { password: currentPassword });
      await ctx.people.changePassword(ctx.person.id, newPassword);
      await ctx.passwordResets.withdraw(ctx.person.id);
      await renewSession(ctx, 'sign-in.password-changed');
      return null;
    }),

  disconnectProvider: personProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/identity-provider/disconnect`,
        summary: 'Disconnect the company’s identity provider',
        description:
          'From then on you sign in with your password or a passkey: who has neither stays connected. Ends every session, and begins a new one here.',
        status: 204,
        refusals: ['NOT_FOUND', 'ONLY_WAY_IN', ...proofRefusals],
      }),
    )
    .input(z.strictObject(proofBody))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      const { people, person } = ctx;
      if (!(await people.hasIdentity(person.id))) throw new RefusalError(notConnected);
      await proveAgain(ctx, input);
      checkRemoval(await people.giveUpIdentities(person.id), notConnected);
      await renewSession(ctx, 'sign-in.identity-disconnected');
      return null;
    }),
});
