import {
  createRole,
  deleteRole,
  editRole,
  listPermissions,
  listRoles,
  type Ports,
  type Role,
} from '@latchkey/core';
import { z } from 'zod';
import { isMatch, roleEtag } from '../contract/digest-etag.ts';
import { createRoleBody, editRoleBody, role, taggedRole, viewRole } from '../contract/roles.ts';
import { id, list } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const view = ({ crypto }: Ports, shown: Role) => ({
  ...viewRole(shown),
  etag: roleEtag(crypto, shown),
});

const roles = '/accounts/{account}/roles';

export const rolesRouter = router({
  list: accountProcedure
    .meta(rest({ method: 'GET', path: roles, summary: 'List the roles', output: list(role) }))
    .input(accountInput({}))
    .output(list(taggedRole))
    .query(async ({ ctx }) => ({
      items: unwrap(await listRoles(ctx.ports, ctx.call)).map((item) => view(ctx.ports, item)),
    })),

  permissions: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: '/accounts/{account}/permissions',
        summary:
          "List the permissions that the account knows: Latchkey's own and those of its roles",
      }),
    )
    .input(accountInput({}))
    .output(list(z.string()))
    .query(async ({ ctx }) => ({ items: unwrap(await listPermissions(ctx.ports, ctx.call)) })),

  create: accountProcedure
    .meta(
      rest({
        method: 'POST',
        path: roles,
        summary: 'Create a role',
        status: 201,
        output: role,
        location: `${roles}/{id}`,
        refusals: ['ROLE_NAME_TAKEN'],
      }),
    )
    .input(accountInput(createRoleBody))
    .output(taggedRole)
    .mutation(async ({ ctx, input }) => {
      const { name, description = '', permissions } = input;
      return view(
        ctx.ports,
        unwrap(await createRole(ctx.ports, ctx.call, { name, description, permissions })),
      );
    }),

  edit: accountProcedure
    .meta(
      rest({
        method: 'PATCH',
        path: `${roles}/{id}`,
        summary: 'Edit a role',
        output: role,
        refusals: ['STALE', 'ROLE_NAME_TAKEN', 'ROLE_PREDEFINED'],
      }),
    )
    .input(accountInput({ id, ...editRoleBody, ifMatch: z.string().max(100).optional() }))
    .output(taggedRole)
    .mutation(async ({ ctx, input }) => {
      const { name, description, permissions } = input;
      const edit = {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(permissions !== undefined && { permissions }),
      };
      const { call, ports } = ctx;
      const isSeen = (seen: Role) => isMatch(input.ifMatch, roleEtag(ports.crypto, seen));
      return view(ports, unwrap(await editRole(ports, call, input.id, edit, isSeen)));
    }),

  delete: accountProcedure
    .meta(
      rest({
        method: 'DELETE',
        path: `${roles}/{id}`,
        summary: 'Delete a role that nothing has',
        status: 204,
        refusals: ['ROLE_IN_USE', 'ROLE_PREDEFINED'],
      }),
    )
    .input(accountInput({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => unwrap(await deleteRole(ctx.ports, ctx.call, input.id))),
});
