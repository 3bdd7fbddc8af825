import type { KeyAction } from '@latchkey/ui';
import type { EnteredAccount } from '../shell/account.ts';

/** The actions on a key that the person's permissions allow. */
export function allowedActions({ can }: Pick<EnteredAccount, 'can'>): readonly KeyAction[] {
  const edit: readonly KeyAction[] = ['edit', 'activate', 'deactivate', 'delete'];
  const renew: readonly KeyAction[] = ['renew', 'schedule', 'deleteOldToken', 'undoRenewal'];
  return [
    'open',
    ...(can('keys.edit') ? edit : []),
    ...(can('keys.renew') ? renew : []),
    ...(can('keys.renew', 'keys.edit') ? (['withdrawLink'] as const) : []),
  ];
}
