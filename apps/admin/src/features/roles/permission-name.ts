/** What Latchkey asks for itself: a key or member with these manages the account. */
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

export function isManagementPermission(name: string): name is ManagementPermission {
  return managementPermissions.some((known) => known === name);
}

/** Whether a text can be the name of a permission: dotted, in lower case, such as `orders.read`. */
export function isPermissionName(text: string): boolean {
  return text.length <= 100 && /^[a-z0-9]+([._:-][a-z0-9]+)*$/.test(text);
}
