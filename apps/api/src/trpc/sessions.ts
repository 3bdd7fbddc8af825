import { z } from 'zod';
import { session } from '../contract/people.ts';
import { id, list } from '../contract/values.ts';
import { readDevice } from '../people/device.ts';
import { personProcedure, rest, router } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';

const path = '/profile/sessions';

export const sessionsRouter = router({
  list: personProcedure
    .meta(
      rest({ method: 'GET', path, summary: 'Where you are signed in', refusals: ['FORBIDDEN'] }),
    )
    .output(list(session))
    .query(async ({ ctx }) => {
      const sessions = await ctx.people.listSessions(ctx.person.id);
      return {
        items: sessions.map(({ createdAt, lastActiveAt, ...said }) => ({
          ...said,
          ...readDevice(said.userAgent),
          createdAt: createdAt.toISOString(),
          lastActiveAt: lastActiveAt.toISOString(),
          current: said.id === ctx.sessionId,
        })),
      };
    }),

  end: personProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${path}/{id}`,
        summary: 'End one of your sessions',
        status: 204,
        refusals: ['NOT_FOUND'],
      }),
    )
    .input(z.strictObject({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.people.endSession(ctx.person.id, input.id))) {
        throw new RefusalError({ code: 'NOT_FOUND', detail: 'You have no such session.' });
      }
      return null;
    }),

  endOthers: personProcedure
    .meta(
      rest({
        method: 'DELETE',
        path,
        summary: 'End all of your sessions but the one that asks',
        status: 204,
      }),
    )
    .output(z.null())
    .mutation(async ({ ctx }) => {
      await ctx.people.endSessions(ctx.person.id, ctx.sessionId);
      return null;
    }),
});
