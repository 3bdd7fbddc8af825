import type { Account } from './accounts/account.ts';
import { findCallAgain, listAccounts, type Principal } from './accounts/enter-account.ts';
import type { AuditEvent } from './audit/event.ts';
import { recordEvent } from './audit/record-event.ts';
import { lacking, type Actor } from './permissions/actor.ts';
import type { ManagementPermission } from './permissions/permission.ts';
import type { Ports, Repositories } from './ports.ts';
import type { Refusal } from './refusals.ts';
import type { Result } from './result.ts';

/** Who asks for a change, in which account, from where. */
export interface Call {
  account: Account;
  actor: Actor;
  /** The client's address; `null` when there is none. */
  from: string | null;
}

/** How long after a refusal was written down the same one is not again, in milliseconds: nobody can flood the audit log. */
const refusalInterval = 60_000;

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

type ToldRefusal = Pick<AuditEvent, 'subject'> & { action: 'access.refused' | 'sign-in.failed' };

/** Whether a refusal of an actor was written down just now. */
async function isNoted(
  ports: Ports,
  { audit }: Pick<Repositories, 'audit'>,
  { account, actor }: Call,
  told: ToldRefusal,
): Promise<boolean> {
  if (actor.kind !== 'member' && actor.kind !== 'key') return false;
  const last = await audit.lastRefusal(account.id, actor.id, told);
  return last !== undefined && last.getTime() > ports.clock.now().getTime() - refusalInterval;
}

/** Writes a refusal down, in the transaction at hand: the same one of one actor once a minute at the most. */
export async function noteRefusal(
  ports: Ports,
  repositories: Repositories,
  call: Call,
  told: ToldRefusal,
  { detail }: Refusal,
): Promise<void> {
  if (await isNoted(ports, repositories, call, told)) return;
  await recordEvent(ports, repositories, call, { ...told, details: { reason: detail } });
}

/** Writes a refusal down that concerns no account, in each that whoever was refused belongs to. */
export async function noteRefusalOutside(
  ports: Ports,
  principal: Principal,
  from: string | null,
  subject: string,
  refusal: Refusal,
): Promise<void> {
  const told = { action: 'access.refused', subject } as const;
  for (const entered of await listAccounts(ports, principal)) {
    const call = { ...entered, from };
    if (await isNoted(ports, ports.store, call, told)) continue;
    await changeAccount(ports, call.account.id, async (repositories) =>
      noteRefusal(ports, repositories, call, told, refusal),
    );
  }
}

/**
 * Runs a change of the actor's account if they hold the permission, then and there: what they hold is read again once the change has
 * its turn. A refusal for want of rights is itself an audit event, of one actor and permission once a minute at the most.
 *
 * @param permission the one needed; of several, any is enough.
 * @param work is given the call as it now is, and decides before it writes: what it wrote before a refusal stays.
 */
export async function change<T>(
  ports: Ports,
  call: Call,
  permission: ManagementPermission | readonly ManagementPermission[],
  work: (repositories: Repositories, call: Call) => Promise<Result<T>>,
): Promise<Result<T>> {
  const oneOf = [permission].flat();
  const told = { action: 'access.refused', subject: oneOf.join(' or ') } as const;
  const refused = lacking(call.actor, ...oneOf);
  // Who is refused again and again holds up nobody who may change something.
  if (refused && (await isNoted(ports, ports.store, call, told))) return refused;
  return changeAccount(ports, call.account.id, async (repositories) => {
    const again = await findCallAgain(ports, repositories, call);
    if (!again.ok) return again;
    const current = again.value;
    const result = lacking(current.actor, ...oneOf) ?? (await work(repositories, current));
    if (!result.ok && result.refusal.code === 'FORBIDDEN') {
      await noteRefusal(ports, repositories, current, told, result.refusal);
    }
    return result;
  });
}
