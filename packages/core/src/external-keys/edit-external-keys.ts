import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import { chooseRoles } from '../roles/choose-roles.ts';
import type { ExternalKey, ExternalKeyStatus } from './external-key.ts';

/** An external key with what its owner has made of it. */
export interface ListedExternalKey {
  externalKey: ExternalKey;
  status: ExternalKeyStatus;
}

const noSuchExternalKey = refuse('NOT_FOUND', 'There is no such external key.');

/** Lists the keys of other accounts that this account has granted roles to. */
export async function listExternalKeys(
  ports: Ports,
  call: Call,
): Promise<Result<ListedExternalKey[]>> {
  return (
    lacking(call.actor, 'keys.view') ?? ok(await ports.store.externalKeys.list(call.account.id))
  );
}

/** Finds one of the external keys. */
export async function getExternalKey(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<ListedExternalKey>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  const found = await ports.store.externalKeys.find(call.account.id, id);
  return found ? ok(found) : noSuchExternalKey;
}

/**
 * Grants roles of this account to a key of another.
 *
 * @param key its identifier: an account learns of no key that it cannot name.
 */
export async function addExternalKey(
  ports: Ports,
  call: Call,
  key: string,
  roleIds: readonly string[],
): Promise<Result<ListedExternalKey>> {
  return change(ports, call, 'keys.edit', async (repositories, current) => {
    const { account, actor } = current;
    const roles = await chooseRoles(repositories, account.id, actor, roleIds);
    if (!roles.ok) return roles;
    const found = await repositories.externalKeys.findOwnersKey(key);
    if (!found) return refuse('NOT_FOUND', 'There is no key with this identifier.');
    if (found.ownerId === account.id) {
      return refuse('OWN_KEY', 'This key is your own. Edit its roles instead.');
    }
    const externalKey: ExternalKey = {
      id: ports.newId(),
      accountId: account.id,
      keyId: found.keyId,
      key,
      owner: found.owner,
      roleIds: roles.value.map((role) => role.id),
      addedAt: ports.clock.now(),
      version: 1,
    };
    if (!(await repositories.externalKeys.add(externalKey))) {
      return refuse('EXTERNAL_KEY_EXISTS', 'This key is in the list already. Edit its roles.');
    }
    await recordEvent(ports, repositories, current, {
      action: 'external-key.added',
      keyId: found.keyId,
      subject: key,
      details: { roles: roles.value.map((role) => role.name) },
    });
    return ok({ externalKey, status: found.status });
  });
}

/**
 * Changes the roles that an external key has here.
 *
 * @param isSeen whether the grant, as it is now, is what the admin saw; if not, the edit is refused as `STALE`.
 */
export async function editExternalKey(
  ports: Ports,
  call: Call,
  id: string,
  roleIds: readonly string[],
  isSeen: (externalKey: ExternalKey) => boolean = () => true,
): Promise<Result<ListedExternalKey>> {
  return change(ports, call, 'keys.edit', async (repositories, current) => {
    const { account, actor } = current;
    const found = await repositories.externalKeys.find(account.id, id);
    if (!found) return noSuchExternalKey;
    const { externalKey, status } = found;
    if (!isSeen(externalKey)) {
      return refuse('STALE', 'Somebody changed this grant meanwhile. Look at it again, then edit.');
    }
    const roles = await chooseRoles(repositories, account.id, actor, roleIds, externalKey.roleIds);
    if (!roles.ok) return roles;
    const edited: ExternalKey = {
      ...externalKey,
      roleIds: roles.value.map((role) => role.id),
      version: externalKey.version + 1,
    };
    await repositories.externalKeys.saveRoles(edited);
    await recordEvent(ports, repositories, current, {
      action: 'external-key.edited',
      keyId: edited.keyId,
      subject: edited.key,
      details: { roles: roles.value.map((role) => role.name) },
    });
    return ok({ externalKey: edited, status });
  });
}

/** Takes everything back that this account granted to a key of another. */
export async function removeExternalKey(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<null>> {
  return change(ports, call, 'keys.edit', async (repositories, current) => {
    const found = await repositories.externalKeys.find(current.account.id, id);
    if (!found) return noSuchExternalKey;
    await repositories.externalKeys.remove(current.account.id, id);
    await recordEvent(ports, repositories, current, {
      action: 'external-key.removed',
      keyId: found.externalKey.keyId,
      subject: found.externalKey.key,
    });
    return ok(null);
  });
}
