import type { ApiKey } from './key.ts';

/** After how long without a use a key is idle, in milliseconds: 90 days. */
export const idleAfter = 90 * 24 * 60 * 60 * 1000;

/** What the use of a key gives cause to ask: whether it is still needed, or ever was. */
export const usageStates = ['idle', 'never'] as const;
export type UsageState = (typeof usageStates)[number];

/** Whether a key was used long ago, or never; `undefined` for one that is in use. */
export function usageState(key: Pick<ApiKey, 'lastUsedAt'>, now: Date): UsageState | undefined {
  if (key.lastUsedAt === null) return 'never';
  return now.getTime() - key.lastUsedAt.getTime() >= idleAfter ? 'idle' : undefined;
}
