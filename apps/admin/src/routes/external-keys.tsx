import { useMemo, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import {
  AddExternalKeyDialog,
  Button,
  EditExternalKeyDialog,
  ExternalKeysTable,
  RemoveExternalKeyConfirm,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import type { CollectionView, ExternalKeyAction, ReturnFocus } from '@latchkey/ui';
import { externalKeysQuery, externalKeysScope } from '../features/external-keys/queries.ts';
import { HeaderActions } from '../features/keys/HeaderActions.tsx';
import { grantableRoles, rolesQuery } from '../features/roles/queries.ts';
import { useAccount } from '../features/shell/account.ts';
import { api } from '../lib/api.ts';
import type { ExternalKey } from '../lib/api.ts';
import { describeFailure, readFailure, tell } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useSaveOver } from '../lib/use-save-over.ts';
import { useWords } from '../lib/words/index.ts';

/** The API tells of another account's key its identifier and its owner's slug, and no names. */
function show({ account, ...key }: ExternalKey) {
  return { ...key, name: null, account: { slug: account, name: null } };
}

type ShownKey = ReturnType<typeof show>;

interface Asked {
  readonly action: ExternalKeyAction;
  readonly externalKey: ShownKey;
  readonly returnFocusTo: ReturnFocus;
}

/** The keys of other accounts that have roles in this one. */
export function ExternalKeys() {
  const words = useWords();
  const { messages } = useLatchkey();
  usePageTitle(`${messages.page.title}: ${messages.page.external}`);
  const account = useAccount();
  const { slug } = account;
  const queryClient = useQueryClient();
  const toast = useToast();
  const saveOver = useSaveOver();
  const mayView = account.can('keys.view');
  const mayEdit = account.can('keys.edit');
  const listed = useQuery({ ...externalKeysQuery(slug), enabled: mayView });
  const { data = [] } = useQuery({ ...rolesQuery(slug), enabled: mayView });
  const roles = grantableRoles(data, account, words);
  const shown = useMemo(() => listed.data?.map(show) ?? [], [listed.data]);
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);

  const change = async (call: Promise<unknown>, title: string) => {
    try {
      await tell(call, words);
      toast({ title });
    } finally {
      void queryClient.invalidateQueries({ queryKey: externalKeysScope(slug) });
    }
  };

  const view = ((): CollectionView => {
    if (!mayView) return { state: 'forbidden' };
    if (listed.isError && !listed.data) {
      const message = describeFailure(readFailure(listed.error), words);
      return { state: 'error', message, onRetry: () => void listed.refetch() };
    }
    return { state: listed.data ? 'ready' : 'loading' };
  })();

  const add = (
    <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {messages.page.addExternal}
    </Button>
  );
  const dialog = asked && {
    open,
    onOpenChange: setOpen,
    returnFocusTo: asked.returnFocusTo,
    externalKey: asked.externalKey,
  };

  return (
    <>
      <HeaderActions>{mayEdit && add}</HeaderActions>
      <ExternalKeysTable
        externalKeys={shown}
        view={view}
        emptyAction={mayEdit && add}
        onAction={
          mayEdit
            ? (action, { id }, returnFocusTo) => {
                const externalKey = shown.find((key) => key.id === id);
                if (!externalKey) return;
                setAsked({ action, externalKey, returnFocusTo });
                setOpen(true);
              }
            : undefined
        }
      />
      <AddExternalKeyDialog
        open={adding}
        onOpenChange={setAdding}
        roles={roles}
        onAdd={({ key, roleIds }) =>
          change(
            api.externalKeys.add.mutate({ account: slug, key, roleIds: [...roleIds] }),
            messages.page.externalAdded,
          )
        }
      />
      {dialog && asked.action === 'editRoles' && (
        <EditExternalKeyDialog
          {...dialog}
          roles={roles}
          onSave={({ roleIds }) =>
            change(
              saveOver(
                asked.externalKey,
                (ifMatch) =>
                  api.externalKeys.edit.mutate({
                    account: slug,
                    id: asked.externalKey.id,
                    roleIds: [...roleIds],
                    ifMatch,
                  }),
                async () => (await api.externalKeys.list.query({ account: slug })).items,
              ),
              messages.page.saved(asked.externalKey.key),
            )
          }
        />
      )}
      {dialog && asked.action === 'remove' && (
        <RemoveExternalKeyConfirm
          {...dialog}
          onConfirm={() =>
            change(
              api.externalKeys.remove.mutate({ account: slug, id: asked.externalKey.id }),
              messages.page.externalRemoved,
            )
          }
        />
      )}
    </>
  );
}
