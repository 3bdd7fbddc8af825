import { useState } from 'react';
import { useBlocker } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import {
  ActivateConfirm,
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
import type { Key } from '../../lib/api.ts';
import { grantableRoles, rolesQuery } from '../roles/queries.ts';
import { useAccount } from '../shell/account.ts';
import { KeyImpact } from './KeyImpact.tsx';
import { useKeyActions } from './use-key-actions.ts';
import type { Asked } from './use-key-dialogs.tsx';

interface KeyDialogsProps {
  readonly asked: Asked;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDeleted?: ((apiKey: Key) => void) | undefined;
}

/** The dialog that is asked for. One that shows a link does not let the page go before it is copied. */
export function KeyDialogs(props: KeyDialogsProps) {
  const [uncopied, setUncopied] = useState(false);
  const blocked = useBlocker({
    shouldBlockFn: () => uncopied && props.open,
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <>
      <AskedDialog {...props} onUncopiedChange={setUncopied} />
      <UncopiedLinkConfirm
        open={blocked.status === 'blocked'}
        onStay={() => blocked.reset?.()}
        onLeave={() => blocked.proceed?.()}
      />
    </>
  );
}

function AskedDialog(
  props: KeyDialogsProps & { readonly onUncopiedChange: (uncopied: boolean) => void },
) {
  const { asked, open, onOpenChange, onDeleted, onUncopiedChange } = props;
  const account = useAccount();
  const actions = useKeyActions(account.slug);
  const { data = [] } = useQuery(rolesQuery(account.slug));
  const roles = grantableRoles(data, account);
  const copied = () => onUncopiedChange(false);

  if (asked.what === 'generate') {
    return (
      <GenerateKeyDialog
        open={open}
        onOpenChange={onOpenChange}
        roles={roles}
        onGenerate={async (input) => {
          const issued = await actions.generate(input);
          onUncopiedChange(true);
          return issued;
        }}
        onLinkCopied={copied}
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
          onSave={(changes) => actions.edit(apiKey, changes)}
        />
      );
    case 'renew':
      return (
        <RenewTokenDialog
          {...dialog}
          onRenew={async () => {
            const issued = await actions.renew(apiKey);
            onUncopiedChange(true);
            return issued;
          }}
          onComplete={(completion) =>
            completion.when === 'now'
              ? actions.deleteOldToken(apiKey)
              : actions.reschedule(apiKey, completion.completeAt)
          }
          onLinkCopied={copied}
        />
      );
    case 'schedule':
      return <ScheduleDialog {...dialog} onSave={(at) => actions.reschedule(apiKey, at)} />;
    case 'deleteOldToken':
      return <DeleteOldTokenConfirm {...dialog} onConfirm={() => actions.deleteOldToken(apiKey)} />;
    case 'undoRenewal':
      return <UndoRenewalConfirm {...dialog} onConfirm={() => actions.undoRenewal(apiKey)} />;
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
