import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  ActivateConfirm,
  BulkStatusConfirm,
  DeactivateConfirm,
  DeleteConfirm,
  DeleteOldTokenConfirm,
  EditKeyDialog,
  GenerateKeyDialog,
  RenewTokenDialog,
  ScheduleDialog,
  UncopiedLinkConfirm,
  UndoRenewalConfirm,
  WithdrawLinkConfirm,
} from '@latchkey/ui';
import type { IssuedKey, LinkStake } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useLinkBlocker } from '../../lib/use-link-blocker.ts';
import { useWords } from '../../lib/words/index.ts';
import { grantableRoles, rolesQuery } from '../roles/queries.ts';
import { useAccount } from '../shell/account.ts';
import { KeyImpact } from './KeyImpact.tsx';
import { useKeyActions } from './use-key-actions.ts';
import { useTokenCalls } from './use-token-calls.ts';
import type { Asked } from './use-key-dialogs.tsx';

interface KeyDialogsProps {
  readonly asked: Asked;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDeleted?: ((apiKey: Key) => void) | undefined;
}

/** The dialog that is asked for. One that shows a link does not let the page go before it is copied. */
export function KeyDialogs(props: KeyDialogsProps) {
  const [stake, setStake] = useState<LinkStake>('nothing');
  const blocker = useLinkBlocker(props.open ? stake : 'nothing');
  return (
    <>
      <AskedDialog {...props} onStakeChange={setStake} />
      <UncopiedLinkConfirm
        open={blocker.asking}
        onStay={blocker.stay}
        onLeave={() => {
          blocker.leave();
          props.onOpenChange(false);
        }}
      />
    </>
  );
}

function AskedDialog(
  props: KeyDialogsProps & { readonly onStakeChange: (stake: LinkStake) => void },
) {
  const { asked, open, onOpenChange, onDeleted, onStakeChange } = props;
  const words = useWords();
  const account = useAccount();
  const actions = useKeyActions(account.slug);
  const calls = useTokenCalls('apiKey' in asked ? asked.apiKey.id : undefined);
  const { data = [] } = useQuery(rolesQuery(account.slug));
  const roles = grantableRoles(data, account, words);
  const copied = () => onStakeChange('nothing');
  const issue = async (asking: Promise<IssuedKey>): Promise<IssuedKey> => {
    onStakeChange('coming');
    try {
      const issued = await asking;
      onStakeChange('uncopied');
      return issued;
    } catch (error) {
      onStakeChange('nothing');
      throw error;
    }
  };

  if (asked.what === 'generate') {
    return (
      <GenerateKeyDialog
        open={open}
        onOpenChange={onOpenChange}
        roles={roles}
        onGenerate={(input) => issue(actions.generate(input))}
        onLinkCopied={copied}
      />
    );
  }

  if (asked.what === 'setStatus') {
    const { status, apiKeys, onChanged, returnFocusTo } = asked;
    return (
      <BulkStatusConfirm
        open={open}
        onOpenChange={onOpenChange}
        returnFocusTo={returnFocusTo}
        status={status}
        apiKeys={apiKeys}
        onChangeOne={({ id }) => actions.setStatus(id, status)}
        onChanged={(ids) => {
          actions.tellOfMany(ids.length, status);
          onChanged(ids);
        }}
      />
    );
  }

  const { apiKey, returnFocusTo } = asked;
  const dialog = { open, onOpenChange, returnFocusTo, apiKey };
  switch (asked.what) {
    case 'edit':
      return (
        <EditKeyDialog
          {...dialog}
          roles={roles}
          impact={<KeyImpact apiKey={apiKey} />}
          onSave={(changes) => actions.edit(apiKey, changes)}
        />
      );
    case 'renew':
      return (
        <RenewTokenDialog
          {...dialog}
          onRenew={() => issue(actions.renew(apiKey))}
          onComplete={(completion) =>
            completion.when === 'now'
              ? actions.deleteOldToken(apiKey)
              : actions.reschedule(apiKey, completion.completeAt)
          }
          onLinkCopied={copied}
          // What becomes the old token is the current one yet, unless that was never collected.
          calls={calls.old ?? calls.current}
        />
      );
    case 'schedule':
      return (
        <ScheduleDialog
          {...dialog}
          calls={calls.old}
          onSave={(at) => actions.reschedule(apiKey, at)}
        />
      );
    case 'deleteOldToken':
      return (
        <DeleteOldTokenConfirm
          {...dialog}
          calls={calls.old}
          onConfirm={() => actions.deleteOldToken(apiKey)}
        />
      );
    case 'undoRenewal':
      return (
        <UndoRenewalConfirm
          {...dialog}
          calls={calls.current}
          onConfirm={() => actions.undoRenewal(apiKey)}
        />
      );
    case 'withdrawLink':
      return <WithdrawLinkConfirm {...dialog} onConfirm={() => actions.withdrawLink(apiKey)} />;
    case 'activate':
      return (
        <ActivateConfirm
          {...dialog}
          apiKeys={[apiKey]}
          onConfirm={() => actions.activate(apiKey)}
        />
      );
    case 'deactivate':
      return (
        <DeactivateConfirm
          {...dialog}
          apiKeys={[apiKey]}
          impact={<KeyImpact apiKey={apiKey} />}
          onConfirm={() => actions.deactivate(apiKey)}
        />
      );
    case 'delete':
      return (
        <DeleteConfirm
          {...dialog}
          impact={<KeyImpact apiKey={apiKey} />}
          onConfirm={async () => {
            await actions.remove(apiKey);
            onDeleted?.(apiKey);
          }}
        />
      );
  }
}
