import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { Account, Role } from '../../lib/api.ts';
import type { Words } from '../../lib/words/index.ts';

export const rolesScope = (account: string) => ['account', account, 'roles'] as const;

export const rolesQuery = (account: string) =>
  queryOptions({
    queryKey: [...rolesScope(account), 'list'],
    queryFn: async ({ signal }) => (await api.roles.list.query({ account }, { signal })).items,
  });

/** How many keys and members have a role. */
export const roleUsersQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [...rolesScope(account), 'users', id],
    queryFn: ({ signal }) => api.roles.users.query({ account, id }, { signal }),
    staleTime: 0,
  });

export const permissionsQuery = (account: string) =>
  queryOptions({
    queryKey: [...rolesScope(account), 'permissions'],
    queryFn: async ({ signal }) =>
      (await api.roles.permissions.query({ account }, { signal })).items,
  });

/** What a role is for: of a predefined one in the person's language, since the API speaks English. */
export function describeRole({ description, name, predefined }: Role, words: Words): string {
  return (predefined ? words.roles.predefinedTexts[name] : undefined) ?? description;
}

/** The roles as they can be granted: nobody grants what they do not hold. */
export function grantableRoles(
  roles: readonly Role[],
  { owner, permissions }: Pick<Account, 'owner' | 'permissions'>,
  words: Words,
) {
  return roles.map((role) => ({
    ...role,
    description: describeRole(role, words),
    grantable: owner || role.permissions.every((permission) => permissions.includes(permission)),
  }));
}
