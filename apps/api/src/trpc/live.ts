import { enterAccount } from '@latchkey/core';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { accountInput, accountProcedure, router } from './procedures.ts';
import { nobody, unwrap } from './refusal-error.ts';

/** The position that a stream gave out last. */
const position = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export const liveRouter = router({
  /** What changes in an account, as it changes: which kind of thing, and which key. Ends with a refusal when the session or membership does. */
  changes: accountProcedure
    .input(accountInput({ lastEventId: position.optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const { call, live, ports, readPrincipal } = ctx;
      const enter = async () => {
        const principal = await readPrincipal();
        if (!principal) throw nobody();
        return unwrap(await enterAccount(ports, principal, input.account)).actor;
      };
      const follower = { account: call.account, after: input.lastEventId, enter, signal };
      for await (const news of live.follow(follower)) {
        yield tracked(String(news.position), { changed: news.changed });
      }
    }),
});
