import { useQueryClient } from '@tanstack/react-query';
import { Dialog, useToast } from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Profile } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { proofKindOf } from './ProofField.tsx';
import { ProofForm } from './ProofForm.tsx';
import { profileQuery } from './queries.ts';

/** Disconnects the identity provider, which ends every other session. @param name what the provider is called */
export function DisconnectDialog(
  props: DialogState & { readonly name: string; readonly profile: Profile },
) {
  const { name, profile, open, onOpenChange } = props;
  const words = useWords().profile.provider;
  const queryClient = useQueryClient();
  const toast = useToast();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.disconnectTitle(name)}
      description={profile.hasPassword ? words.toPassword(name) : words.toPasskey(name)}
      size="sm"
      closeOnOutsideClick={false}
    >
      <ProofForm
        kind={proofKindOf(profile)}
        label={words.disconnect}
        tone="danger"
        onProven={async (given) => {
          await api.profile.disconnectProvider.mutate(given);
          void queryClient.invalidateQueries({ queryKey: profileQuery.queryKey });
          toast({ title: words.disconnected(name) });
          onOpenChange(false);
        }}
        onCancel={() => onOpenChange(false)}
      />
    </Dialog>
  );
}
