import type { Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { DayUsage, Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { noSuchKey } from './change-key.ts';

/** How far back usage is told, in days. */
const daysTold = 90;
const dayLength = 24 * 60 * 60 * 1000;

/** How a key was used of late. */
export interface KeyUsage {
  /** The last 90 UTC days, oldest first; those without a verification are left out. */
  days: readonly DayUsage[];
  /** Verifications within the last day, week (7 days) and month (30 days): whole UTC days, so rather more than less. */
  calls: { day: number; week: number; month: number };
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Tells how often a key was used: what deleting it or switching it off would break. At most 60 seconds behind. */
export async function readKeyUsage(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<KeyUsage>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  const { keys } = ports.store;
  if (!(await keys.find(call.account.id, id))) return noSuchKey;
  const now = ports.clock.now().getTime();
  const days = await keys.readUsage(call.account.id, id, dayOf(now - daysTold * dayLength));
  const within = (length: number) =>
    days
      .filter(({ day }) => day >= dayOf(now - length * dayLength))
      .reduce((sum, { count }) => sum + count, 0);
  return ok({ days, calls: { day: within(1), week: within(7), month: within(30) } });
}
