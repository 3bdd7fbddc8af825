import { lacking } from '../permissions/actor.ts';
import type { Call } from '../call.ts';
import type { AuditQuery, Page, Ports } from '../ports.ts';
import { ok, refuseField, type Result } from '../result.ts';
import { verifyChain, type ChainVerdict } from './chain.ts';
import type { AuditEvent } from './event.ts';

/** Lists an account's audit events, newest first. */
export async function listAuditEvents(
  ports: Ports,
  call: Call,
  query: Omit<AuditQuery, 'accountId'>,
): Promise<Result<Page<AuditEvent>>> {
  const refusal = lacking(call.actor, 'audit.view');
  if (refusal) return refusal;
  const page = await ports.store.audit.list({ ...query, accountId: call.account.id });
  return page
    ? ok(page)
    : refuseField('cursor', 'This cursor is of no use here. Begin without one.');
}

/** Tells whether the account's chain of audit events is whole. Nothing waits for it: events may arrive meanwhile. */
export async function verifyAuditEvents(ports: Ports, call: Call): Promise<Result<ChainVerdict>> {
  const refusal = lacking(call.actor, 'audit.view');
  if (refusal) return refusal;
  const { audit } = ports.store;
  const readHead = () => audit.head(call.account.id);
  return ok(await verifyChain(ports.crypto, audit.walk(call.account.id), readHead));
}
