import {
  acceptInvitation,
  enterAccount,
  previewInvitation,
  Secret,
  type Person,
} from '@latchkey/core';
import { z } from 'zod';
import { account, viewAccount } from '../contract/accounts.ts';
import { acceptInvitationBody, invitationPreview } from '../contract/people.ts';
import { handedSecret } from '../contract/values.ts';
import { joinAtOnce } from '../people/join.ts';
import type { Context } from './context.ts';
import { publicProcedure, rest, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';
import { provePerson } from './sign-in.ts';

const path = '/invitations/{invitation}';

/** Registers whoever holds an invitation. @throws {RefusalError} */
async function register(
  { people }: Context,
  { name, ...person }: { email: string; password: string; name: string | undefined },
): Promise<Person> {
  if (name === undefined) {
    const message = 'The name is required.';
    const fields = [{ path: 'name', message }];
    throw new RefusalError({ code: 'VALIDATION_FAILED', detail: message, fields });
  }
  const registered = await people.register({ ...person, name });
  if (!registered) {
    const detail = 'Somebody accepted this invitation a moment ago.';
    throw new RefusalError({ code: 'INVITATION_GONE', detail });
  }
  return registered;
}

export const invitationsRouter = router({
  // A mutation, though it consumes nothing: over tRPC a query's input stands in the URL, where no invitation may be.
  preview: publicProcedure
    .meta(
      rest({
        method: 'GET',
        path,
        summary: 'See to which account an invitation leads; consumes nothing',
        refusals: ['INVITATION_GONE'],
      }),
    )
    .input(z.strictObject({ invitation: handedSecret }))
    .output(invitationPreview)
    .mutation(async ({ ctx, input }) => {
      const preview = unwrap(await previewInvitation(ctx.ports, new Secret(input.invitation)));
      const registered = (await ctx.people.find(preview.email)) !== null;
      return { ...preview, expiresAt: preview.expiresAt.toISOString(), registered };
    }),

  accept: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/accept`,
        summary: 'Accept an invitation: sign in, or register with a name and a password, and join',
        refusals: [
          'INVITATION_GONE',
          'UNAUTHENTICATED',
          'SECOND_FACTOR_REQUIRED',
          'ALREADY_MEMBER',
          'RATE_LIMITED',
        ],
      }),
    )
    .input(z.strictObject({ invitation: handedSecret, ...acceptInvitationBody }))
    .output(account)
    .mutation(async ({ ctx, input }) => {
      const { from, people, ports } = ctx;
      const { code, name, passkey, password } = input;
      const invitation = new Secret(input.invitation);
      const { email } = unwrap(await previewInvitation(ports, invitation));
      const registered = (await people.find(email)) !== null;
      const person = registered
        ? await provePerson(ctx, { email, password, code, passkey })
        : await register(ctx, { email, name, password });
      const joined = registered
        ? await acceptInvitation(ports, invitation, person, from)
        : await joinAtOnce(ports, people, invitation, person, from);
      const { slug } = unwrap(joined).account;
      const signedIn = await people.beginSession(person, ctx);
      ctx.setCookies(signedIn.cookies);
      const principal = { kind: 'person', ...person } as const;
      const entered = unwrap(await enterAccount(ports, principal, slug));
      return viewAccount(entered.account, entered.actor);
    }),
});
