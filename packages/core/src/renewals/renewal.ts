import type { Token } from '../tokens/token.ts';

/** Whether a key's token is being replaced. While it is, both tokens verify. */
export type Renewal =
  | { state: 'none' }
  | {
      state: 'pending';
      oldToken: Token;
      startedAt: Date;
      /** When the old token is deleted by itself; `null` for when an admin says so. */
      completeAt: Date | null;
    };

/** How far ahead a renewal's completion may be scheduled, in milliseconds: 90 days. */
export const longestSchedule = 90 * 24 * 60 * 60 * 1000;
