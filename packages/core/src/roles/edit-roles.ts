import { change, type Call } from '../call.ts';
import { recordEvent } from '../audit/record-event.ts';
import { escalating, lacking } from '../permissions/actor.ts';
import { managementPermissions } from '../permissions/permission.ts';
import type { Ports, RoleUsers } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Role } from './role.ts';

/** What an admin says of a role. */
export interface RoleInput {
  name: string;
  description: string;
  permissions: readonly string[];
}

const nameTaken = refuse(
  'ROLE_NAME_TAKEN',
  'Another role of this account has this name. Choose another.',
);
const predefined = refuse(
  'ROLE_PREDEFINED',
  'Owner and Viewer cannot be changed. Create a role of your own.',
);
const stale = refuse('STALE', 'Somebody changed this role meanwhile. Look at it again, then edit.');
const noSuchRole = refuse('NOT_FOUND', 'There is no such role.');

/** The refusal for an actor who may not know the account's roles: whoever may see keys or hand out roles needs them. */
function lackingRoles({ actor }: Call) {
  return lacking(actor, 'keys.view', 'keys.edit', 'roles.edit', 'members.edit');
}

/** Lists the account's roles. */
export async function listRoles(ports: Ports, call: Call): Promise<Result<Role[]>> {
  return lackingRoles(call) ?? ok(await ports.store.roles.list(call.account.id));
}

/** Finds one of the roles. */
export async function getRole(ports: Ports, call: Call, id: string): Promise<Result<Role>> {
  const refusal = lackingRoles(call);
  if (refusal) return refusal;
  const [role] = await ports.store.roles.findMany(call.account.id, [id]);
  return role ? ok(role) : noSuchRole;
}

/** Tells who has a role: what stands in the way of deleting it. */
export async function readRoleUsers(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<RoleUsers>> {
  const role = await getRole(ports, call, id);
  return role.ok ? ok(await ports.store.roles.countUsers(call.account.id, id)) : role;
}

/** Every permission that the account knows: Latchkey's own and those that its roles name, in order. */
export async function listPermissions(ports: Ports, call: Call): Promise<Result<string[]>> {
  const roles = await listRoles(ports, call);
  if (!roles.ok) return roles;
  const own = roles.value.flatMap((role) => role.permissions);
  return ok([...new Set([...managementPermissions, ...own])].sort());
}

/** Creates a role. Nobody can put into it what they do not hold. */
export async function createRole(
  ports: Ports,
  call: Call,
  input: RoleInput,
): Promise<Result<Role>> {
  return change(ports, call, 'roles.edit', async (repositories, current) => {
    const refusal = escalating(current.actor, input.permissions);
    if (refusal) return refusal;
    const role: Role = {
      ...input,
      permissions: [...new Set(input.permissions)].sort(),
      id: ports.newId(),
      accountId: current.account.id,
      predefined: null,
      createdAt: ports.clock.now(),
    };
    if (!(await repositories.roles.save(role))) return nameTaken;
    await recordEvent(ports, repositories, current, {
      action: 'role.created',
      subject: role.name,
      details: { permissions: role.permissions },
    });
    return ok(role);
  });
}

/**
 * Changes a role. The next verification of every key that has it answers accordingly.
 *
 * @param isSeen whether the role, as it is now, is what the admin saw; if not, the edit is refused as `STALE`.
 */
export async function editRole(
  ports: Ports,
  call: Call,
  id: string,
  input: Partial<RoleInput>,
  isSeen: (role: Role) => boolean = () => true,
): Promise<Result<Role>> {
  return change(ports, call, 'roles.edit', async (repositories, current) => {
    const [role] = await repositories.roles.findMany(current.account.id, [id]);
    if (!role) return noSuchRole;
    if (!isSeen(role)) return stale;
    if (role.predefined) return predefined;
    const permissions = [...new Set(input.permissions ?? role.permissions)].sort();
    const added = permissions.filter((permission) => !role.permissions.includes(permission));
    const removed = role.permissions.filter((permission) => !permissions.includes(permission));
    const refusal = escalating(current.actor, added);
    if (refusal) return refusal;
    const edited: Role = { ...role, ...input, permissions };
    if (!(await repositories.roles.save(edited))) return nameTaken;
    await recordEvent(ports, repositories, current, {
      action: 'role.edited',
      subject: edited.name,
      details: { added, removed, ...(edited.name !== role.name && { formerName: role.name }) },
    });
    return ok(edited);
  });
}

/** Deletes a role that nothing has. */
export async function deleteRole(ports: Ports, call: Call, id: string): Promise<Result<null>> {
  return change(ports, call, 'roles.edit', async (repositories, current) => {
    const [role] = await repositories.roles.findMany(current.account.id, [id]);
    if (!role) return noSuchRole;
    if (role.predefined) return predefined;
    if (await repositories.roles.isUsed(current.account.id, id)) {
      return refuse('ROLE_IN_USE', 'Keys or members have this role. Take it from them first.');
    }
    await repositories.roles.remove(current.account.id, id);
    await recordEvent(ports, repositories, current, { action: 'role.deleted', subject: role.name });
    return ok(null);
  });
}
