import type { Call } from '../call.ts';
import { nameOf, type Actor } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';
import { hashEvent } from './chain.ts';
import type { AuditActor, AuditDetails, AuditEvent } from './event.ts';

function describe(actor: Actor): AuditActor {
  const id = actor.kind === 'member' || actor.kind === 'key' ? actor.id : null;
  return { kind: actor.kind, id, name: nameOf(actor) };
}

/** Appends an event to the account's chain, in the transaction of the change that it tells of. */
export async function recordEvent(
  ports: Ports,
  repositories: Repositories,
  call: Omit<Call, 'account'> & { account: { id: string } },
  told: Pick<AuditEvent, 'action' | 'subject'> & { keyId?: string; details?: AuditDetails },
): Promise<void> {
  const head = await repositories.audit.head(call.account.id);
  const event = {
    id: ports.newId(),
    accountId: call.account.id,
    sequence: head.sequence + 1,
    at: ports.clock.now(),
    actor: describe(call.actor),
    action: told.action,
    keyId: told.keyId ?? null,
    subject: told.subject,
    details: told.details ?? {},
    from: call.from,
    previousHash: head.hash,
  };
  await repositories.audit.append({ ...event, hash: hashEvent(ports.crypto, event) });
}
