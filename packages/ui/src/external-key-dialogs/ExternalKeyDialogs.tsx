import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { externalKeyName, ownerName } from '../api-key/rules.ts';
import type { ExternalKey, RoleOption } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { Dialog, DialogBody, DialogFooter, DialogForm, dialogRoot } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import { useAction } from '../internal/use-action.ts';
import { Notice } from '../notice/Notice.tsx';
import { RolePicker } from '../role-picker/RolePicker.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

export interface AddExternalKeyInput {
  readonly key: string;
  readonly roleIds: readonly string[];
}

export interface AddExternalKeyDialogProps extends DialogState {
  readonly roles: readonly RoleOption[];
  /** A rejection keeps the form as it is and shows its message; success closes it. */
  readonly onAdd: (input: AddExternalKeyInput) => unknown;
}

/** Gives roles in this account to a key of another. */
export function AddExternalKeyDialog(props: AddExternalKeyDialogProps) {
  const { open, onOpenChange, returnFocusTo } = props;
  const { messages } = useLatchkey();
  return (
    <Dialog
      {...dialogRoot(props)}
      open={open}
      onOpenChange={onOpenChange}
      returnFocusTo={returnFocusTo}
      title={messages.external.addTitle}
      description={messages.external.addText}
      closeOnOutsideClick={false}
    >
      <AddForm {...props} />
    </Dialog>
  );
}

function AddForm({ roles, onAdd, onOpenChange }: AddExternalKeyDialogProps) {
  const { messages } = useLatchkey();
  const words = messages.external;
  const [key, setKey] = useState('');
  const [roleIds, setRoleIds] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const action = useAction(onAdd, messages.common.unknownError);
  const problem = key.trim() === '' ? words.keyRequired : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem) {
      input.current?.focus();
      return;
    }
    const result = await action.run({ key: key.trim(), roleIds });
    if (result.done) onOpenChange(false);
  };

  return (
    <DialogForm onSubmit={submit}>
      <DialogBody>
        <TextField
          ref={input}
          label={words.key}
          placeholder={words.keyPlaceholder}
          mono
          required
          spellCheck={false}
          value={key}
          onValueChange={setKey}
          error={tried && problem}
        />
        <RolePicker roles={roles} value={roleIds} onValueChange={setRoleIds} />
        <Notice tone="info">{messages.roles.leakWarning}</Notice>
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <Button disabled={action.pending} onClick={() => onOpenChange(false)}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={action.pending}>
          {action.pending ? words.pending : words.confirm}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}

export interface EditExternalKeyDialogProps extends DialogState {
  readonly externalKey: Pick<ExternalKey, 'name' | 'key' | 'account' | 'roles'>;
  readonly roles: readonly RoleOption[];
  /** A rejection keeps the form as it is and shows its message; success closes it. */
  readonly onSave: (changes: { readonly roleIds: readonly string[] }) => unknown;
}

/** Changes what another account's key may do here. */
export function EditExternalKeyDialog(props: EditExternalKeyDialogProps) {
  const { open, onOpenChange, returnFocusTo, externalKey } = props;
  const { messages } = useLatchkey();
  return (
    <Dialog
      {...dialogRoot(props)}
      open={open}
      onOpenChange={onOpenChange}
      returnFocusTo={returnFocusTo}
      title={messages.external.editTitle(externalKeyName(externalKey))}
      description={
        <>
          {externalKey.name !== null && (
            <>
              <bdi>{externalKey.key}</bdi> ·{' '}
            </>
          )}
          {ownerName(externalKey)}
        </>
      }
      closeOnOutsideClick={false}
    >
      <EditExternalForm {...props} />
    </Dialog>
  );
}

function EditExternalForm({
  externalKey,
  roles,
  onSave,
  onOpenChange,
}: EditExternalKeyDialogProps) {
  const { messages } = useLatchkey();
  const [roleIds, setRoleIds] = useState<readonly string[]>(() =>
    externalKey.roles.map((role) => role.id),
  );
  const action = useAction(onSave, messages.common.unknownError);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await action.run({ roleIds });
    if (result.done) onOpenChange(false);
  };

  return (
    <DialogForm onSubmit={submit}>
      <DialogBody>
        <RolePicker roles={roles} value={roleIds} onValueChange={setRoleIds} />
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <Button disabled={action.pending} onClick={() => onOpenChange(false)}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={action.pending}>
          {action.pending ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
