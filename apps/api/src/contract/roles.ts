import { isBroadRole, type Role } from '@latchkey/core';
import { z } from 'zod';
import { description, id, permission, roleName, utcTime } from './values.ts';

export const role = z
  .object({
    id,
    name: z.string().meta({ example: 'Order reader' }),
    description: z.string(),
    permissions: z.array(z.string()).meta({ example: ['orders.read'] }),
    predefined: z.boolean().meta({ description: 'Owner and Viewer: neither changed nor deleted.' }),
    broad: z.boolean().meta({
      description: 'Whether it lets whoever holds a token manage keys, roles or members.',
    }),
    createdAt: utcTime,
  })
  .meta({ id: 'Role' });

/** A role over tRPC, which has no headers: its entity tag comes with it. */
export const taggedRole = role.extend({ etag: z.string() }).meta({ id: 'TaggedRole' });

const users = (whose: string) => z.int().min(0).meta({ description: whose });

export const roleUsers = z
  .object({
    keys: users('The own keys that have it.'),
    externalKeys: users('The keys of other accounts that have it here.'),
    members: users('The members that have it, the invited among them.'),
  })
  .meta({ id: 'RoleUsers' });

const permissions = z.array(permission).max(200);

export const createRoleBody = {
  name: roleName,
  description: description.optional(),
  permissions,
};

export const editRoleBody = {
  name: roleName.optional(),
  description: description.optional(),
  permissions: permissions.optional(),
};

/** Shows a role. */
export function viewRole(shown: Role): z.input<typeof role> {
  const {
    id: roleId,
    name,
    description: words,
    permissions: allowed,
    predefined,
    createdAt,
  } = shown;
  return {
    id: roleId,
    name,
    description: words,
    permissions: [...allowed],
    predefined: predefined !== null,
    broad: isBroadRole(shown),
    createdAt: createdAt.toISOString(),
  };
}
