import { recordEvent } from '../audit/record-event.ts';
import { changeAccount } from '../call.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Ports, Repositories } from '../ports.ts';
import { decideDueCompletion } from './decide.ts';

/** How many renewals are completed at a time. */
const batch = 100;

/**
 * Completes a key's renewal if its time has come. The sweep does so, and every change of the key before it decides: nobody undoes
 * or reschedules what is due.
 *
 * @returns the key as it now is; the very same if nothing was due.
 */
export async function completeIfDue(
  ports: Ports,
  repositories: Repositories,
  key: ApiKey,
): Promise<ApiKey> {
  const decided = decideDueCompletion(key, ports.clock.now());
  if (decided === key) return key;
  const completed = { ...decided, version: key.version + 1 };
  await repositories.keys.save(completed);
  await recordEvent(
    ports,
    repositories,
    { account: { id: key.accountId }, actor: { kind: 'system' }, from: null },
    {
      action: 'renewal.completed',
      keyId: key.id,
      subject: key.key,
      details: { scheduled: true },
    },
  );
  return completed;
}

/**
 * Completes the renewals whose time has come, some at a time. Safe on every node at once and after a restart: each is looked at again
 * under its lock, so that it happens once.
 *
 * @returns how many were completed: until none is, there may be more.
 */
export async function completeDueRenewals(ports: Ports): Promise<number> {
  const due = await ports.store.keys.listDueCompletions(ports.clock.now(), batch);
  let completed = 0;
  for (const { accountId, id } of due) {
    completed += await changeAccount(ports, accountId, async (repositories) => {
      const key = await repositories.keys.find(accountId, id);
      return key && (await completeIfDue(ports, repositories, key)) !== key ? 1 : 0;
    });
  }
  return completed;
}
