import type { ReactNode } from 'react';
import type { ApiKey, ExternalKey, KeyCalls } from '../api-key/types.ts';
import { externalKeyName, isUndelivered, ownerName, tokenOf } from '../api-key/rules.ts';
import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { DescriptionList } from '../layout/Page.tsx';
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
  readonly apiKey: Pick<ApiKey, 'name' | 'tokens'>;
  /** The new token's, where they are known. */
  readonly calls?: KeyCalls | 'loading' | undefined;
}

/** Deletes the new token of a pending renewal. Says when that was last used. */
export function UndoRenewalConfirm({ apiKey, calls, ...dialog }: UndoRenewalConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.undoRenewal;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      <UsageImpact
        lastUsedAt={tokenOf(apiKey, 'current')?.lastUsedAt ?? null}
        calls={calls}
        warning={words.inUse}
      />
    </ConfirmDialog>
  );
}

export interface DeleteOldTokenConfirmProps extends Confirmed {
  readonly apiKey: Pick<ApiKey, 'name' | 'tokens' | 'link'>;
  /** The old token's, where they are known. */
  readonly calls?: KeyCalls | 'loading' | undefined;
}

/**
 * Completes a pending renewal. Says when the old token was last used, warns when within 24 hours, and
 * that nobody would be left with a token while the new one was not collected.
 */
export function DeleteOldTokenConfirm({ apiKey, calls, ...dialog }: DeleteOldTokenConfirmProps) {
  const { messages, format } = useLatchkey();
  const words = messages.deleteOldToken;
  const lastUsedAt = tokenOf(apiKey, 'old')?.lastUsedAt ?? null;
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(apiKey.name)}
      description={words.text}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      {isUndelivered(apiKey) && (
        <Notice tone="danger" title={words.undelivered}>
          {apiKey.link?.state === 'open' ? words.undeliveredOpen : words.undeliveredGone}
        </Notice>
      )}
      <UsageImpact
        lastUsedAt={lastUsedAt}
        calls={calls}
        warning={lastUsedAt === null ? undefined : words.recent(format.relative(lastUsedAt))}
      />
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

/** How many roles are named before the rest is but counted. */
const rolesNamed = 5;

export interface RemoveExternalKeyConfirmProps extends Confirmed {
  readonly externalKey: Pick<ExternalKey, 'name' | 'key' | 'account' | 'roles' | 'status'>;
  /** What it will break, where that is known; the roles that the key loses are said in any case. */
  readonly impact?: ReactNode;
}

/** Takes its roles here from another account's key. */
export function RemoveExternalKeyConfirm({
  externalKey,
  impact,
  ...dialog
}: RemoveExternalKeyConfirmProps) {
  const { messages } = useLatchkey();
  const words = messages.removeExternal;
  const { roles, status } = externalKey;
  const named = [
    roles
      .slice(0, rolesNamed)
      .map(({ name }) => name)
      .join(', '),
    ...(roles.length > rolesNamed ? [messages.bulk.more(roles.length - rolesNamed)] : []),
  ];
  return (
    <ConfirmDialog
      {...dialog}
      title={words.title(externalKeyName(externalKey))}
      description={words.text(ownerName(externalKey))}
      confirmLabel={words.confirm}
      pendingLabel={words.pending}
    >
      {roles.length > 0 && (
        <DescriptionList items={[{ term: words.rolesHere, details: named.join(' ') }]} />
      )}
      {status !== 'active' && <p>{words.idle}</p>}
      {impact ?? (status === 'active' && <Notice tone="info">{words.uncounted}</Notice>)}
    </ConfirmDialog>
  );
}
