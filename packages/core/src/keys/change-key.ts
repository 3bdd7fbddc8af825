import { recordEvent } from '../audit/record-event.ts';
import type { AuditAction, AuditDetails } from '../audit/event.ts';
import { change, type Call } from '../call.ts';
import { tellAlerts } from '../notifications/alerts.ts';
import type { ManagementPermission } from '../permissions/permission.ts';
import type { Ports, Repositories } from '../ports.ts';
import { completeIfDue } from '../renewals/complete-due-renewals.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { ApiKey } from './key.ts';

/** What a decision makes of a key, and what the audit log says of it. */
export interface KeyChange {
  key: ApiKey;
  events: readonly { action: AuditAction; details?: AuditDetails }[];
}

export const staleKey = refuse(
  'STALE',
  'Somebody changed this key meanwhile. Look at it again, then edit.',
);
export const noSuchKey = refuse('NOT_FOUND', 'There is no such key.');

/**
 * Loads a key, decides, and saves it with its audit events in one transaction. A decision without events saves nothing.
 *
 * @param decide may read, and writes nothing. It is given the call as it now is.
 */
export async function changeKey(
  ports: Ports,
  call: Call,
  permission: ManagementPermission | readonly ManagementPermission[],
  id: string,
  decide: (
    key: ApiKey,
    repositories: Repositories,
    call: Call,
  ) => Promise<Result<KeyChange>> | Result<KeyChange>,
): Promise<Result<ApiKey>> {
  return change(ports, call, permission, async (repositories, current) => {
    const found = await repositories.keys.find(current.account.id, id);
    if (!found) return noSuchKey;
    const key = await completeIfDue(ports, repositories, found);
    const decided = await decide(key, repositories, current);
    if (!decided.ok) return decided;
    const { events } = decided.value;
    if (events.length === 0) return ok(key);
    const changed = { ...decided.value.key, version: key.version + 1 };
    await repositories.keys.save(changed);
    for (const event of events) {
      await recordEvent(ports, repositories, current, { ...event, keyId: id, subject: key.key });
    }
    await tellAlerts(ports, repositories, call.account, [changed]);
    return ok(changed);
  });
}
