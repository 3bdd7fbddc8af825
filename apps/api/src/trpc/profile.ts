import type { Person } from '@latchkey/core';
import { z } from 'zod';
import { changePasswordBody, editProfileBody, profile } from '../contract/people.ts';
import type { Context } from './context.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { proveAgain, renewSession } from './sign-in.ts';

const path = '/profile';

async function viewProfile(
  { people, ports, secondFactors }: Pick<Context, 'people' | 'ports' | 'secondFactors'>,
  person: Person,
) {
  const { administratorId } = await ports.store.instance.read();
  const secondFactor = await secondFactors.find(person.id);
  return {
    ...person,
    administrator: administratorId === person.id,
    hasPassword: await people.hasPassword(person.id),
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
      await renewSession(ctx, 'sign-in.password-changed');
      return null;
    }),
});
