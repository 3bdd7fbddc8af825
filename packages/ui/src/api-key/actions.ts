import { canRenew, hasOpenLink } from './rules.ts';
import type { ApiKey } from './types.ts';

/** What a person can do with a key, in the order in which a menu lists it. */
export const keyActions = [
  'open',
  'edit',
  'renew',
  'withdrawLink',
  'schedule',
  'deleteOldToken',
  'undoRenewal',
  'activate',
  'deactivate',
  'delete',
] as const;

export type KeyAction = (typeof keyActions)[number];

/** Why an action is listed but cannot be used now. */
export type Blocked = 'linkOpen' | 'renewalPending';

export interface OfferedAction {
  readonly action: KeyAction;
  readonly blocked: Blocked | null;
}

/**
 * The actions that make sense for a key in its present state.
 *
 * @param allowed what the person may do and the product can do
 */
export function offeredActions(
  key: Pick<ApiKey, 'status' | 'renewal' | 'link'>,
  allowed: readonly KeyAction[],
  now: Date,
): readonly OfferedAction[] {
  const sensible: Record<KeyAction, boolean> = {
    open: true,
    edit: true,
    renew: true,
    withdrawLink: hasOpenLink(key, now),
    schedule: key.renewal !== null,
    deleteOldToken: key.renewal !== null,
    undoRenewal: key.renewal !== null,
    activate: key.status === 'inactive',
    deactivate: key.status === 'active',
    delete: true,
  };
  const renewBlocked = hasOpenLink(key, now) ? 'linkOpen' : 'renewalPending';
  return keyActions
    .filter((action) => allowed.includes(action) && sensible[action])
    .map((action) => ({
      action,
      blocked: action === 'renew' && !canRenew(key, now) ? renewBlocked : null,
    }));
}
