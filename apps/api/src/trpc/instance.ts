import { instance } from '../contract/instance.ts';
import { publicProcedure, rest, router } from './procedures.ts';

export const instanceRouter = router({
  get: publicProcedure
    .meta(
      rest({
        method: 'GET',
        path: '/instance',
        summary: 'What an integration needs to know of this instance',
      }),
    )
    .output(instance)
    .query(({ ctx }) => ({ credentialHeaders: ctx.headerNames, mails: ctx.ports.settings.mails })),
});
