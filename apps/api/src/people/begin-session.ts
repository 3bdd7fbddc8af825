import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Signs in whoever proved who they are by means that the sign-in library does not know of. No route leads here. */
export const beginSessionPlugin = {
  id: 'latchkey-begin-session',
  endpoints: {
    beginSession: createAuthEndpoint(
      '/latchkey/begin-session',
      {
        method: 'POST',
        body: z.object({ personId: z.string(), from: z.string().nullable() }),
        metadata: { SERVER_ONLY: true },
      },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.personId);
        if (!user) throw ctx.error('NOT_FOUND');
        const session = await internalAdapter.createSession(user.id, false, {
          ipAddress: ctx.body.from,
          userAgent: ctx.headers?.get('User-Agent')?.slice(0, 300) ?? null,
        });
        await setSessionCookie(ctx, { session, user });
        return { user };
      },
    ),
  },
} satisfies BetterAuthPlugin;
