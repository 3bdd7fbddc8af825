import { useState } from 'react';
import { Plus } from 'lucide-react';
import { externalKeyName } from '../api-key/rules.ts';
import type { ExternalKey } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import type { ReturnFocus } from '../dialog/Dialog.tsx';
import {
  AddExternalKeyDialog,
  EditExternalKeyDialog,
} from '../external-key-dialogs/ExternalKeyDialogs.tsx';
import { ExternalKeysTable } from '../external-keys-table/ExternalKeysTable.tsx';
import type { ExternalKeyAction } from '../external-keys-table/ExternalKeysTable.tsx';
import { RemoveExternalKeyConfirm } from '../key-confirms/KeyConfirms.tsx';
import { Toolbar } from '../layout/Page.tsx';
import { useOptionalToast } from '../toast/Toast.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { ApiKeysDataSource } from './source.ts';
import { RolesFailed, useRoles } from './RolesFailed.tsx';
import { useLoaded } from './use-keys.ts';
import styles from './ApiKeys.module.css';

const noKeys: readonly ExternalKey[] = [];

/** The keys of other accounts: their table and dialogs. */
export function ExternalTab({ source }: { readonly source: ApiKeysDataSource }) {
  const { messages } = useLatchkey();
  const toast = useOptionalToast();
  const words = messages.page;
  const list = useLoaded<readonly ExternalKey[]>(
    source,
    async (asked) => (await asked.listExternalKeys?.()) ?? [],
    noKeys,
  );
  const roles = useRoles(source);
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<{
    readonly action: ExternalKeyAction;
    readonly key: ExternalKey;
    readonly returnFocusTo: ReturnFocus;
  } | null>(null);
  const editable = source.capabilities.includes('externalEdit');

  const say = async (title: string) => {
    await list.reload();
    toast?.({ title });
  };
  const add = editable && (
    <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {words.addExternal}
    </Button>
  );
  const dialog = asked && { open, onOpenChange: setOpen, returnFocusTo: asked.returnFocusTo };
  return (
    <div className={styles.tab}>
      {list.view.state === 'ready' && <RolesFailed view={roles.view} />}
      {list.value.length > 0 && add && (
        <Toolbar>
          <div className={styles.buttons}>{add}</div>
        </Toolbar>
      )}
      <ExternalKeysTable
        externalKeys={list.value}
        view={list.view}
        emptyAction={add}
        onAction={
          editable
            ? (action, key, returnFocusTo) => {
                setAsked({ action, key, returnFocusTo });
                setOpen(true);
              }
            : undefined
        }
      />
      {editable && (
        <AddExternalKeyDialog
          open={adding}
          onOpenChange={setAdding}
          roles={roles.value}
          onAdd={async (input) => {
            await source.addExternalKey?.(input);
            await say(words.externalAdded);
          }}
        />
      )}
      {dialog && asked.action === 'editRoles' && (
        <EditExternalKeyDialog
          {...dialog}
          externalKey={asked.key}
          roles={roles.value}
          onSave={async (changes) => {
            await source.updateExternalKey?.(asked.key.id, changes);
            await say(words.saved(externalKeyName(asked.key)));
          }}
        />
      )}
      {dialog && asked.action === 'remove' && (
        <RemoveExternalKeyConfirm
          {...dialog}
          externalKey={asked.key}
          onConfirm={async () => {
            await source.removeExternalKey?.(asked.key.id);
            await say(words.externalRemoved);
          }}
        />
      )}
    </div>
  );
}
