import {
  createRole,
  deleteRole,
  editRole,
  getRole,
  listPermissions,
  listRoles,
  readRoleUsers,
  type Ports,
  type Role,
} from '@latchkey/core';
import { z } from 'zod';
import { isMatch, roleEtag } from '../contract/etags.ts';
import {
  createRoleBody,
  editRoleBody,
  role,
  roleUsers,
  taggedRole,
  viewRole,
} from '../contract/roles.ts';
import { id, ifMatch, list } from '../contract/values.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const view = ({ crypto }: Ports, shown: Role) => ({
  ...viewRole(shown),
  etag: roleEtag(crypto, shown),
});

const roles = '/accounts/{account}/roles';

/** Whoever sees keys or hands out roles needs to know them. */
const roleReaders = ['keys.view', 'keys.edit', 'roles.edit', 'members.edit'] as const;

export const rolesRouter = router({
  list: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: roles,
        needs: roleReaders,
        summary: 'List the roles',
        output: list(role),
      }),
    )
    .input(accountInput({}))
    .output(list(taggedRole))
    .query(async ({ ctx }) => ({
      items: unwrap(await listRoles(ctx.ports, ctx.call)).map((item) => view(ctx.ports, item)),
    })),

  get: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${roles}/{id}`,
        needs: roleReaders,
        summary: 'Get one role',
        output: role,
      }),
    )
    .input(accountInput({ id }))
    .output(taggedRole)
    .query(async ({ ctx, input }) =>
      view(ctx.ports, unwrap(await getRole(ctx.ports, ctx.call, input.id))),
    ),

  users: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: `${roles}/{id}/users`,
        needs: roleReaders,
        summary: 'How many keys and members have a role',
      }),
    )
    .input(accountInput({ id }))
    .output(roleUsers)
    .query(async ({ ctx, input }) => unwrap(await readRoleUsers(ctx.ports, ctx.call, input.id))),

  permissions: accountProcedure
    .meta(
      rest({
        method: 'GET',
        path: '/accounts/{account}/permissions',
        needs: roleReaders,
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
        needs: ['roles.edit'],
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
        needs: ['roles.edit'],
        summary: 'Edit a role',
        output: role,
        refusals: ['STALE', 'ROLE_NAME_TAKEN', 'ROLE_PREDEFINED'],
      }),
    )
    .input(accountInput({ id, ...editRoleBody, ifMatch }))
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
        needs: ['roles.edit'],
        summary: 'Delete a role that nothing has',
        status: 204,
        refusals: ['ROLE_IN_USE', 'ROLE_PREDEFINED'],
      }),
    )
    .input(accountInput({ id }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => unwrap(await deleteRole(ctx.ports, ctx.call, input.id))),
});
