import type { Call } from '../call.ts';
import type { Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { chooseRoles } from '../roles/choose-roles.ts';
import { changeKey, staleKey, type KeyChange } from './change-key.ts';
import { checkExpiry } from './expiry.ts';
import type { ApiKey, KeyStatus } from './key.ts';

/** What to change of a key; what is absent stays. */
export interface EditKeyInput {
  name?: string;
  roleIds?: readonly string[];
  status?: KeyStatus;
  /** `null` for never. */
  expiresAt?: Date | null;
}

type KeyEvent = KeyChange['events'][number];

const sameTime = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();

const sameMembers = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item) => b.includes(item));

/** The audit events of an edit: what of the name, roles and expiry changed in one, the status in one of its own. */
function tellEdit(before: ApiKey, after: ApiKey, roleNames: readonly string[]): KeyEvent[] {
  const details = {
    ...(after.name !== before.name && { name: after.name, formerName: before.name }),
    ...(!sameMembers(after.roleIds, before.roleIds) && { roles: roleNames }),
    ...(!sameTime(after.expiresAt, before.expiresAt) && {
      expiresAt: after.expiresAt?.toISOString() ?? null,
    }),
  };
  const events: KeyEvent[] = [];
  if (Object.keys(details).length > 0) events.push({ action: 'key.edited', details });
  if (after.status !== before.status) {
    events.push({ action: after.status === 'active' ? 'key.activated' : 'key.deactivated' });
  }
  return events;
}

/**
 * Edits a key: its name, roles, status and expiry. The next verification answers accordingly.
 *
 * @param isSeen whether the key, as it is now, is what the admin saw; if not, the edit is refused as `STALE`.
 */
export async function editKey(
  ports: Ports,
  call: Call,
  id: string,
  input: EditKeyInput,
  isSeen: (key: ApiKey) => boolean = () => true,
): Promise<Result<ApiKey>> {
  return changeKey(ports, call, 'keys.edit', id, async (key, repositories, { account, actor }) => {
    if (!isSeen(key)) return staleKey;
    const expiresAt = input.expiresAt === undefined ? key.expiresAt : input.expiresAt;
    const badExpiry = sameTime(expiresAt, key.expiresAt)
      ? undefined
      : checkExpiry(expiresAt, ports.clock.now());
    if (badExpiry) return badExpiry;
    const roles = await chooseRoles(
      repositories,
      account.id,
      actor,
      input.roleIds ?? key.roleIds,
      key.roleIds,
    );
    if (!roles.ok) return roles;
    const edited: ApiKey = {
      ...key,
      ...input,
      expiresAt,
      roleIds: roles.value.map((role) => role.id),
    };
    return ok({
      key: edited,
      events: tellEdit(
        key,
        edited,
        roles.value.map((role) => role.name),
      ),
    });
  });
}
