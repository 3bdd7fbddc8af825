import type { Call } from '../call.ts';
import { changeKey, staleKey } from '../keys/change-key.ts';
import type { ApiKey } from '../keys/key.ts';
import { issueLink, type IssuedLink } from '../links/issue-link.ts';
import { takingOver } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import {
  checkSchedule,
  decideCompletion,
  decideRenewal,
  decideSchedule,
  decideUndo,
} from './decide.ts';

/**
 * Renews a key's token: a new one, through a new link, beside the one in force.
 *
 * @param completeAt when the old token is to be deleted by itself; `null` for when an admin says so. Without it, an undelivered token
 * that is replaced leaves its renewal's time as it is.
 */
export async function renewToken(
  ports: Ports,
  call: Call,
  id: string,
  completeAt?: Date | null,
): Promise<Result<{ key: ApiKey; link: IssuedLink }>> {
  const now = ports.clock.now();
  const { token, link, issued } = issueLink(ports, now);
  const renewed = await changeKey(
    ports,
    call,
    'keys.renew',
    id,
    async (key, { roles }, { account, actor }) => {
      const held = await roles.findMany(account.id, key.roleIds);
      const refusal = takingOver(actor, held) ?? checkSchedule(completeAt, now);
      if (refusal) return refusal;
      const decided = decideRenewal(key, { token, link }, completeAt, now);
      if (!decided.ok) return decided;
      const { renewal } = decided.value;
      const details =
        renewal.state === 'pending'
          ? { completeAt: renewal.completeAt?.toISOString() ?? null }
          : { replacedUndelivered: true };
      return ok({ key: decided.value, events: [{ action: 'renewal.initiated', details }] });
    },
  );
  return renewed.ok ? ok({ key: renewed.value, link: issued }) : renewed;
}

/** Deletes the old token of a pending renewal. It cannot be undone. */
export async function completeRenewal(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<ApiKey>> {
  return changeKey(ports, call, 'keys.renew', id, (key) => {
    const decided = decideCompletion(key);
    return decided.ok
      ? ok({ key: decided.value, events: [{ action: 'renewal.completed' }] })
      : decided;
  });
}

/** Deletes the new token of a pending renewal and withdraws its open link. */
export async function undoRenewal(ports: Ports, call: Call, id: string): Promise<Result<ApiKey>> {
  return changeKey(ports, call, 'keys.renew', id, (key) => {
    const decided = decideUndo(key, ports.clock.now());
    return decided.ok
      ? ok({ key: decided.value, events: [{ action: 'renewal.undone' }] })
      : decided;
  });
}

/**
 * Sets, changes or (`null`) takes back the time at which a pending renewal completes by itself.
 *
 * @param isSeen whether the key, as it is now, is what the admin saw; if not, this is refused as `STALE`.
 */
export async function rescheduleRenewal(
  ports: Ports,
  call: Call,
  id: string,
  completeAt: Date | null,
  isSeen: (key: ApiKey) => boolean = () => true,
): Promise<Result<ApiKey>> {
  return changeKey(ports, call, 'keys.renew', id, (key) => {
    if (!isSeen(key)) return staleKey;
    const refusal = checkSchedule(completeAt, ports.clock.now());
    if (refusal) return refusal;
    const decided = decideSchedule(key, completeAt);
    if (!decided.ok) return decided;
    const details = { completeAt: completeAt?.toISOString() ?? null };
    return ok({ key: decided.value, events: [{ action: 'renewal.rescheduled', details }] });
  });
}
