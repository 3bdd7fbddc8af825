/** `[a-z0-9]+([._:-][a-z0-9]+)*`: a dotted name such as `orders.read`. Latchkey gives it no meaning of its own. */
export const permissionPattern = /^[a-z0-9]+([._:-][a-z0-9]+)*$/;

/** The permissions that Latchkey itself asks for, of members and of API keys alike. */
export const managementPermissions = [
  'keys.view',
  'keys.edit',
  'keys.renew',
  'keys.settings',
  'roles.edit',
  'members.edit',
  'audit.view',
] as const;

export type ManagementPermission = (typeof managementPermissions)[number];

/** Whether a permission is one that Latchkey asks for itself. */
export function isManagementPermission(permission: string): permission is ManagementPermission {
  return (managementPermissions as readonly string[]).includes(permission);
}
