import { acceptInvitation, enterAccount, previewInvitation, Secret } from '@latchkey/core';
import { z } from 'zod';
import { account, viewAccount } from '../contract/accounts.ts';
import { acceptInvitationBody, invitationPreview } from '../contract/people.ts';
import { handedSecret } from '../contract/values.ts';
import { publicProcedure, rest, router } from './procedures.ts';
import { RefusalError, unwrap } from './refusal-error.ts';

const path = '/invitations/{invitation}';

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
      const registered = await ctx.people.isRegistered(preview.email);
      return { ...preview, expiresAt: preview.expiresAt.toISOString(), registered };
    }),

  accept: publicProcedure
    .meta(
      rest({
        method: 'POST',
        path: `${path}/accept`,
        summary: 'Accept an invitation: sign in, or register with a name and a password, and join',
        refusals: ['INVITATION_GONE', 'UNAUTHENTICATED', 'ALREADY_MEMBER', 'RATE_LIMITED'],
      }),
    )
    .input(z.strictObject({ invitation: handedSecret, ...acceptInvitationBody }))
    .output(account)
    .mutation(async ({ ctx, input }) => {
      const { attempts, from, people, ports } = ctx;
      const invitation = new Secret(input.invitation);
      const { email } = unwrap(await previewInvitation(ports, invitation));
      const limited = await attempts.begin(email, from);
      if (limited) throw new RefusalError(limited);

      const registered = await people.isRegistered(email);
      if (!registered && input.name === undefined) {
        const message = 'The name is required.';
        throw new RefusalError({
          code: 'VALIDATION_FAILED',
          detail: message,
          fields: [{ path: 'name', message }],
        });
      }
      const signedIn = registered
        ? await people.signIn(email, input.password, ctx.headers)
        : await people.register({ email, name: input.name ?? '', password: input.password });
      if (!signedIn && !registered) {
        throw new RefusalError({
          code: 'INVITATION_GONE',
          detail: 'Somebody accepted this invitation a moment ago.',
        });
      }
      if (!signedIn) {
        throw new RefusalError({ code: 'UNAUTHENTICATED', detail: 'The password is wrong.' });
      }
      await attempts.succeed(email, from);
      const joined = await acceptInvitation(ports, invitation, signedIn.person, from);
      if (!joined.ok && !registered) await people.unregister(signedIn.person.id);
      const { slug } = unwrap(joined).account;
      ctx.setCookies(signedIn.cookies);
      const principal = { kind: 'person', ...signedIn.person } as const;
      const entered = unwrap(await enterAccount(ports, principal, slug));
      return viewAccount(entered.account, entered.actor);
    }),
});
