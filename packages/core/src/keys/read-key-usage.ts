import type { Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { DayUsage, Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import type { Token } from '../tokens/token.ts';
import { noSuchKey } from './change-key.ts';

/** How far back usage is told, in days. */
const daysTold = 90;
const dayLength = 24 * 60 * 60 * 1000;

/** Successful verifications within the last day, week (7 days) and month (30 days): whole UTC days, so rather more than less. */
export interface Calls {
  day: number;
  week: number;
  month: number;
}

/** How a key was used of late. */
export interface KeyUsage {
  /** The last 90 UTC days, oldest first; those without a verification are left out. */
  days: readonly { day: string; count: number }[];
  calls: Calls;
  /** The same of each token that it has; those of tokens that are gone count for the key alone. */
  tokens: readonly { state: 'current' | 'old'; calls: Calls }[];
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Adds the tokens' counts up by day; they come in the order of the days. */
function addUp(usage: readonly DayUsage[]): { day: string; count: number }[] {
  const days = new Map<string, number>();
  for (const { day, count } of usage) days.set(day, (days.get(day) ?? 0) + count);
  return [...days].map(([day, count]) => ({ day, count }));
}

/** Tells how often a key was used: what deleting it or switching it off would break. At most 60 seconds behind. */
export async function readKeyUsage(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<KeyUsage>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  const { keys } = ports.store;
  const key = await keys.find(call.account.id, id);
  if (!key) return noSuchKey;
  const now = ports.clock.now().getTime();
  const usage = await keys.readUsage(call.account.id, id, dayOf(now - daysTold * dayLength));
  const callsOf = (counted: readonly DayUsage[]): Calls => {
    const within = (length: number) =>
      counted
        .filter(({ day }) => day >= dayOf(now - length * dayLength))
        .reduce((sum, { count }) => sum + count, 0);
    return { day: within(1), week: within(7), month: within(30) };
  };
  const ofToken = (state: 'current' | 'old', token: Token) => ({
    state,
    calls: callsOf(usage.filter(({ tokenId }) => tokenId === token.id)),
  });
  return ok({
    days: addUp(usage),
    calls: callsOf(usage),
    tokens: [
      ofToken('current', key.currentToken),
      ...(key.renewal.state === 'pending' ? [ofToken('old', key.renewal.oldToken)] : []),
    ],
  });
}
