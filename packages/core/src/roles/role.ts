import { managementPermissions, type ManagementPermission } from '../permissions/permission.ts';

/** A named set of permissions of one account. */
export interface Role {
  id: string;
  accountId: string;
  /** 1–60 characters after trimming; unique in the account, whatever the case. */
  name: string;
  /** At most 300 characters; empty when there is none. */
  description: string;
  permissions: readonly string[];
  /** Every account has these two; they can be neither changed nor deleted. `null` for a role that the account made. */
  predefined: 'owner' | 'viewer' | null;
  createdAt: Date;
}

const broadPermissions: ReadonlySet<string> = new Set<ManagementPermission>([
  'keys.edit',
  'keys.renew',
  'keys.settings',
  'roles.edit',
  'members.edit',
]);

/** Whether a role lets whoever holds a token manage keys, roles or members. To look alone is not broad. */
export function isBroadRole(role: Pick<Role, 'permissions'>): boolean {
  return role.permissions.some((permission) => broadPermissions.has(permission));
}

/** The two roles that every new account begins with. */
export const predefinedRoles = [
  {
    predefined: 'owner',
    name: 'Owner',
    description: 'Everything in this account.',
    permissions: managementPermissions,
  },
  {
    predefined: 'viewer',
    name: 'Viewer',
    description: 'See, search and export the keys.',
    permissions: ['keys.view'],
  },
] as const;
