import { handingOut, type Actor } from '../permissions/actor.ts';
import type { RoleRepository } from '../ports.ts';
import { ok, refuseField, type Result } from '../result.ts';
import type { Role } from './role.ts';

/**
 * The roles behind the ids that an actor chose for a key, an external key or a member.
 * Refuses an id that is no role of the account, and a role that allows more than the actor holds, unless it was held before.
 *
 * @param before the ids that the key or member has already: to leave them is no grant.
 */
export async function chooseRoles(
  repositories: { roles: Pick<RoleRepository, 'findMany'> },
  accountId: string,
  actor: Actor,
  ids: readonly string[],
  before: readonly string[] = [],
): Promise<Result<Role[]>> {
  const chosen = [...new Set(ids)];
  const roles = await repositories.roles.findMany(accountId, chosen);
  const unknown = chosen.find((id) => !roles.some((role) => role.id === id));
  if (unknown !== undefined) {
    return refuseField(
      `roleIds.${String(ids.indexOf(unknown))}`,
      'This account has no such role. Choose from its roles.',
    );
  }
  const added = roles.filter((role) => !before.includes(role.id));
  return handingOut(actor, added) ?? ok(roles);
}
