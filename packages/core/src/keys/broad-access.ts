import type { Account } from '../accounts/account.ts';
import type { Ports } from '../ports.ts';
import { isBroadRole } from '../roles/role.ts';

/** What the roles of a key give cause to ask about: whether it must manage so much. */
export const keyAccesses = ['broad'] as const;
export type KeyAccess = (typeof keyAccesses)[number];

/** The account's broad roles, by their ids. */
export async function broadRoleIds(ports: Ports, { id }: Pick<Account, 'id'>): Promise<string[]> {
  const roles = await ports.store.roles.list(id);
  return roles.filter(isBroadRole).map((role) => role.id);
}
