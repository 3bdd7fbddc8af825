import type { ReactNode } from 'react';
import type { ApiKey, ExternalKey } from '../api-key/types.ts';
import { externalKeyName, isWithinADay, ownerName, tokenOf } from '../api-key/rules.ts';
import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { Notice } from '../notice/Notice.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

interface Confirmed extends DialogState {
  /** A rejection keeps the dialog open and shows its message; success closes it. */
  readonly onConfirm: () => unknown;
}

export interface DeleteConfirmProps extends Confirmed {
  readonly apiKey: Pick<ApiKey, 'name' | 'lastUsedAt'>;
  /** What it will break; when it was last used, if absent. `UsageImpact` shows calls as well. */
  readonly impact?: ReactNode;
}

/** Deletes a key. The button works once the box is checked. */
export function DeleteConfirm({ apiKey, impact, ...dialog }: DeleteConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.deleteKey;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      acknowledgement={words.acknowledge}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      {impact ?? <UsageImpact lastUsedAt={apiKey.lastUsedAt} />}
    </ConfirmDialog>
  );
}

export interface DeactivateConfirmProps extends Confirmed {
  /** One key, or those that were selected. */
  readonly apiKeys: readonly Pick<ApiKey, 'name' | 'lastUsedAt'>[];
  readonly impact?: ReactNode;
}

/** Switches one key or several off. */
export function DeactivateConfirm({ apiKeys, impact, ...dialog }: DeactivateConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.deactivate;
  const only = apiKeys.length === 1 ? apiKeys[0] : undefined;
  return (
    <ConfirmDialog
      {...dialog}
      title={only ? words.title(only.name) : words.titleMany(apiKeys.length)}
      description={only ? words.text : words.textMany}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      {impact ?? (only && <UsageImpact lastUsedAt={only.lastUsedAt} />)}
    </ConfirmDialog>
  );
}

export interface ActivateConfirmProps extends Confirmed {
  readonly apiKeys: readonly Pick<ApiKey, 'name'>[];
}

/** Switches one key or several on again. */
export function ActivateConfirm({ apiKeys, ...dialog }: ActivateConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.activate;
  const only = apiKeys.length === 1 ? apiKeys[0] : undefined;
  return (
    <ConfirmDialog
      {...dialog}
      tone="neutral"
      title={only ? words.title(only.name) : words.titleMany(apiKeys.length)}
      description={only ? words.text : words.textMany}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    />
  );
}

export interface UndoRenewalConfirmProps extends Confirmed {
  readonly apiKey: Pick<ApiKey, 'name'>;
}

/** Deletes the new token of a pending renewal. */
export function UndoRenewalConfirm({ apiKey, ...dialog }: UndoRenewalConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.undoRenewal;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    />
  );
}

export interface DeleteOldTokenConfirmProps extends Confirmed {
  readonly apiKey: Pick<ApiKey, 'name' | 'tokens'>;
  readonly impact?: ReactNode;
}

/** Completes a pending renewal. Says when the old token was last used; warns when within 24 hours. */
export function DeleteOldTokenConfirm({ apiKey, impact, ...dialog }: DeleteOldTokenConfirmProps) {
  const { messages, format, now } = useLatchkey();
  const words = messages.deleteOldToken;
  const lastUsedAt = tokenOf(apiKey, 'old')?.lastUsedAt ?? null;
  const recent = isWithinADay(lastUsedAt, now());
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      {lastUsedAt !== null && recent && (
        <Notice tone="warning">{words.recent(format.relative(lastUsedAt))}</Notice>
      )}
      {!recent && (
        <p>{lastUsedAt === null ? words.neverUsed : words.lastUsed(format.relative(lastUsedAt))}</p>
      )}
      {impact}
    </ConfirmDialog>
  );
}

export interface WithdrawLinkConfirmProps extends Confirmed {
  readonly apiKey: Pick<ApiKey, 'name'>;
}

/** Withdraws an open single-access link. */
export function WithdrawLinkConfirm({ apiKey, ...dialog }: WithdrawLinkConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.withdrawLink;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    />
  );
}

export interface RemoveExternalKeyConfirmProps extends Confirmed {
  readonly externalKey: Pick<ExternalKey, 'name' | 'key' | 'account'>;
}

/** Takes its roles here from another account's key. */
export function RemoveExternalKeyConfirm({
  externalKey,
  ...dialog
}: RemoveExternalKeyConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.removeExternal;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(externalKeyName(externalKey))}
      description={words.text(ownerName(externalKey))}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    />
  );
}
