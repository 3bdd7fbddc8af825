import type { ReactNode } from 'react';
import {
  CalendarClock,
  FileText,
  KeyRound,
  Link2Off,
  Pencil,
  Power,
  PowerOff,
  RefreshCw,
  Trash2,
  Undo2,
} from 'lucide-react';
import { offeredActions } from '../api-key/actions.ts';
import type { KeyAction } from '../api-key/actions.ts';
import type { ApiKey } from '../api-key/types.ts';
import { KebabMenu } from '../kebab-menu/KebabMenu.tsx';
import type { MenuItem } from '../kebab-menu/KebabMenu.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

const icons = {
  open: <FileText size={16} aria-hidden />,
  edit: <Pencil size={16} aria-hidden />,
  renew: <RefreshCw size={16} aria-hidden />,
  withdrawLink: <Link2Off size={16} aria-hidden />,
  schedule: <CalendarClock size={16} aria-hidden />,
  deleteOldToken: <KeyRound size={16} aria-hidden />,
  undoRenewal: <Undo2 size={16} aria-hidden />,
  activate: <Power size={16} aria-hidden />,
  deactivate: <PowerOff size={16} aria-hidden />,
  delete: <Trash2 size={16} aria-hidden />,
} as const satisfies Record<KeyAction, ReactNode>;

export interface KeyMenuProps {
  readonly apiKey: Pick<ApiKey, 'id' | 'name' | 'status' | 'renewal' | 'link'>;
  readonly allowed: readonly KeyAction[];
  readonly onAction: (action: KeyAction) => void;
}

/** The kebab menu of a key: what can be done with it as it is now. */
export function KeyMenu({ apiKey, allowed, onAction }: KeyMenuProps) {
  const { messages, now } = useLatchkey();
  const reasons = {
    linkOpen: messages.actions.renewBlocked,
    renewalPending: messages.actions.renewPending,
  };
  const items = offeredActions(apiKey, allowed, now()).map(
    ({ action, blocked }): MenuItem<KeyAction> => ({
      id: action,
      label: messages.actions[action],
      icon: icons[action],
      tone: action === 'delete' ? 'danger' : undefined,
      separated: action === 'delete',
      disabled: blocked !== null,
      reason: blocked === null ? undefined : reasons[blocked],
    }),
  );
  if (items.length === 0) return null;
  return (
    <KebabMenu
      label={messages.common.actionsFor(apiKey.name)}
      kebabId={apiKey.id}
      items={items}
      onAction={onAction}
    />
  );
}
