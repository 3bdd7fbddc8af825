import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Account } from '../../lib/api.ts';
import type { ManagementPermission } from '../roles/permission-name.ts';
import { accountsQuery } from '../session/queries.ts';

const route = getRouteApi('/a/$account');

export interface EnteredAccount extends Account {
  /** Whether the person has one of these permissions here. */
  can(...anyOf: readonly ManagementPermission[]): boolean;
}

/** Whether somebody has one of these permissions in an account. */
export function can(
  account: Pick<Account, 'permissions'>,
  ...anyOf: readonly ManagementPermission[]
) {
  return anyOf.some((permission) => account.permissions.includes(permission));
}

/** The account of the present page, and what the person may do in it. */
export function useAccount(): EnteredAccount {
  const { account: entered } = route.useRouteContext();
  const { data: accounts } = useQuery(accountsQuery);
  const account = accounts?.find(({ slug }) => slug === entered.slug) ?? entered;
  return { ...account, can: (...anyOf) => can(account, ...anyOf) };
}
