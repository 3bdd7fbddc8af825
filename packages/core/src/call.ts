import type { Account } from './accounts/account.ts';
import { recordEvent } from './audit/record-event.ts';
import { lacking, type Actor } from './permissions/actor.ts';
import type { ManagementPermission } from './permissions/permission.ts';
import type { Ports, Repositories } from './ports.ts';
import type { Result } from './result.ts';

/** Who asks for a change, in which account, from where. */
export interface Call {
  account: Account;
  actor: Actor;
  /** The client's address; `null` when there is none. */
  from: string | null;
}

/**
 * Runs work in one transaction that holds the account's audit chain from the start: changes of one account happen one after the
 * other, on any number of nodes, so that what a decision has read still holds when it is saved.
 */
export async function changeAccount<T>(
  ports: Ports,
  accountId: string,
  work: (repositories: Repositories) => Promise<T>,
): Promise<T> {
  return ports.store.transaction(async (repositories) => {
    await repositories.audit.head(accountId);
    return work(repositories);
  });
}

/**
 * Runs a change of the actor's account if they hold the permission. A refusal for want of rights is itself an audit event.
 *
 * @param permission the one needed; of several, any is enough.
 * @param work decides before it writes: what it wrote before a refusal stays.
 */
export async function change<T>(
  ports: Ports,
  call: Call,
  permission: ManagementPermission | readonly ManagementPermission[],
  work: (repositories: Repositories) => Promise<Result<T>>,
): Promise<Result<T>> {
  const oneOf = [permission].flat();
  return changeAccount(ports, call.account.id, async (repositories) => {
    const result = lacking(call.actor, ...oneOf) ?? (await work(repositories));
    if (!result.ok && result.refusal.code === 'FORBIDDEN') {
      await recordEvent(ports, repositories, call, {
        action: 'access.refused',
        subject: oneOf.join(' or '),
        details: { reason: result.refusal.detail },
      });
    }
    return result;
  });
}
