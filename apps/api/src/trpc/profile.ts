import type { Person } from '@latchkey/core';
import { z } from 'zod';
import { changePasswordBody, editProfileBody, profile } from '../contract/people.ts';
import type { Context } from './context.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';

const path = '/profile';

async function viewProfile({ people, ports }: Pick<Context, 'people' | 'ports'>, person: Person) {
  const { administratorId } = await ports.store.instance.read();
  return {
    ...person,
    administrator: administratorId === person.id,
    hasPassword: await people.hasPassword(person.id),
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
      const {
        limits: { attempts },
        from,
        people,
        person,
      } = ctx;
      const limited = await attempts.begin(person.email, from);
      if (limited) throw new RefusalError(limited);
      if (!(await people.checkPassword(person.email, currentPassword))) {
        const detail = 'The current password is wrong.';
        throw new RefusalError({ code: 'WRONG_PASSWORD', detail });
      }
      await attempts.succeed(person.email, from);
      await people.changePassword(person.id, newPassword);
      await people.endSessions(person.id);
      ctx.setCookies((await people.beginSession(person, ctx)).cookies);
      return null;
    }),
});
