import type { Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { KeyFilter, Ports } from '../ports.ts';
import { renewalAlert } from '../renewals/alert.ts';
import { ok, type Result } from '../result.ts';
import { broadRoleIds } from './broad-access.ts';
import { expirySoon } from './expiry.ts';
import type { ApiKey } from './key.ts';

/** How many keys of a kind are named. */
const named = 3;

/** An account's keys in figures. Each counts what the list shows under the filter of that name. */
export interface KeysOverview {
  total: number;
  active: number;
  inactive: number;
  due: number;
  overdue: number;
  /** Used once, and not for 90 days. */
  idle: number;
  neverUsed: number;
  /** Within 14 days. */
  expiring: number;
  expired: number;
  /** With a role that manages keys, roles or members. */
  broad: number;
  /** The keys to look after first: those that expire next, and those with the oldest tokens of the overdue. */
  attention: { expiring: readonly ApiKey[]; overdue: readonly ApiKey[] };
}

/** Tells what an account's keys ask attention for. */
export async function readKeysOverview(ports: Ports, call: Call): Promise<Result<KeysOverview>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  const { keys } = ports.store;
  const { id: accountId, renewalPeriodMonths } = call.account;
  const now = ports.clock.now();
  const count = (filter: Partial<KeyFilter>) =>
    keys.count({ ...filter, accountId, renewalPeriodMonths, now });
  const soon = new Date(now.getTime() + expirySoon);
  // One after the other: figures that are looked at every half minute take no more than one connection.
  const active = await count({ status: 'active' });
  const inactive = await count({ status: 'inactive' });
  const oldest = await keys.listOldest(accountId, now, named);
  return ok({
    total: active + inactive,
    active,
    inactive,
    due: await count({ alert: 'due' }),
    overdue: await count({ alert: 'overdue' }),
    idle: await count({ usage: 'idle' }),
    neverUsed: await count({ usage: 'never' }),
    expiring: await count({ expiry: 'soon' }),
    expired: await count({ expiry: 'expired' }),
    broad: await count({ anyRoleOf: await broadRoleIds(ports, call.account) }),
    attention: {
      expiring: await keys.listExpiring(accountId, now, soon, named),
      overdue: oldest.filter((key) => renewalAlert(key, renewalPeriodMonths, now) === 'overdue'),
    },
  });
}
