import {
  editMember,
  getMember,
  inviteMember,
  listMembers,
  removeMember,
  type Member,
  type Ports,
  type Role,
} from '@latchkey/core';
import { z } from 'zod';
import { isMatch, memberEtag } from '../contract/etags.ts';
import {
  issuedInvitation,
  member,
  taggedIssuedInvitation,
  taggedMember,
  viewMember,
} from '../contract/members.ts';
import { email, id, ifMatch, list, roleIds } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const view = ({ crypto }: Ports, shown: Member, roles: readonly Role[]) => ({
  ...viewMember(shown, roles),
  etag: memberEtag(crypto, shown),
});

const members = '/accounts/{account}/members';

export const membersRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: members,
        needs: ['members.edit'],
        summary: 'List the members, the invited among them',
        output: list(member),
      }),
    )
    .input(accountInput({}))
    .output(list(taggedMember))
    .query(async ({ ctx }) => {
      const listed = unwrap(await listMembers(ctx.ports, ctx.call));
      const roles = await ctx.ports.store.roles.list(ctx.call.account.id);
      return { items: listed.map((item) => view(ctx.ports, item, roles)) };
    }),

  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${members}/{id}`,
        needs: ['members.edit'],
        summary: 'Get one member, active or invited',
        output: member,
      }),
    )
    .input(accountInput({ id }))
    .output(taggedMember)
    .query(async ({ ctx: { call, ports }, input }) => {
      const found = unwrap(await getMember(ports, call, input.id));
      return view(ports, found, await ports.store.roles.list(call.account.id));
    }),

  invite: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: members,
        needs: ['members.edit'],
        summary: 'Invite a person by a single-use link',
        description:
          'By mail where mail is set up; otherwise the link is shown to the inviter, once.',
        status: 201,
        location: `${members}/{member.id}`,
        output: issuedInvitation,
        refusals: ['ALREADY_MEMBER'],
      }),
    )
    .input(accountInput({ email, roleIds }))
    .output(taggedIssuedInvitation)
    .mutation(async ({ ctx, input }) => {
      const { call, ports } = ctx;
      const invited = unwrap(await inviteMember(ports, call, input.email, input.roleIds));
      const { expiresAt, url } = invited.invitation;
      const mailed = await ctx.people.mailInvitation?.(input.email, call.account.name, url);
      return {
        member: view(ports, invited.member, await ports.store.roles.list(call.account.id)),
        invitation: mailed ? null : { url: url.reveal(), expiresAt: expiresAt.toISOString() },
      };
    }),

  edit: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: `${members}/{id}`,
        needs: ['members.edit'],
        summary: 'Change the roles of a member',
        output: member,
        refusals: ['STALE', 'LAST_OWNER'],
      }),
    )
    .input(accountInput({ id, roleIds, ifMatch }))
    .output(taggedMember)
    .mutation(async ({ ctx, input }) => {
      const { call, ports } = ctx;
      const isSeen = (seen: Member) => isMatch(input.ifMatch, memberEtag(ports.crypto, seen));
      const edited = unwrap(await editMember(ports, call, input.id, input.roleIds, isSeen));
      return view(ports, edited, await ports.store.roles.list(call.account.id));
    }),

  remove: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${members}/{id}`,
        needs: ['members.edit'],
        summary: 'Remove a member, or take an invitation back',
        status: 204,
        refusals: ['LAST_OWNER'],
      }),
    )
    .input(accountInput({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => unwrap(await removeMember(ctx.ports, ctx.call, input.id))),
});
