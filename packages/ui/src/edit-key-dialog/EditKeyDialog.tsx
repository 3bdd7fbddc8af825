import { useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { ApiKey, KeyStatus, RoleOption } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import { Dialog, DialogBody, DialogFooter, DialogForm, dialogRoot } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import { ExpiryField, useExpiry } from '../expiry-field/ExpiryField.tsx';
import { useAction } from '../internal/use-action.ts';
import { useNameField } from '../internal/use-name-field.ts';
import { Notice } from '../notice/Notice.tsx';
import { RolePicker } from '../role-picker/RolePicker.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** Only what was changed. */
export interface EditKeyInput {
  readonly name?: string;
  readonly roleIds?: readonly string[];
  readonly status?: KeyStatus;
  readonly expiresAt?: string | null;
}

export interface EditKeyDialogProps extends DialogState {
  readonly apiKey: Pick<ApiKey, 'name' | 'key' | 'roles' | 'status' | 'expiresAt' | 'lastUsedAt'>;
  readonly roles: readonly RoleOption[];
  /** A rejection keeps the form as it is and shows its message; success closes it. */
  readonly onSave: (changes: EditKeyInput) => unknown;
  /** False for who may change a key but not switch it on and off. */
  readonly allowStatus?: boolean | undefined;
  readonly allowExpiry?: boolean | undefined;
  /** Shown when the key is about to be switched off; when it was last used, if absent. */
  readonly impact?: ReactNode;
}

/** Changes name, roles, status and expiry. Switching the key off asks once more. */
export function EditKeyDialog(props: EditKeyDialogProps) {
  const { open, onOpenChange, returnFocusTo, apiKey } = props;
  const { messages } = useLatchkey();
  return (
    <Dialog
      {...dialogRoot(props)}
      open={open}
      onOpenChange={onOpenChange}
      returnFocusTo={returnFocusTo}
      title={messages.edit.title(apiKey.name)}
      description={<bdi>{apiKey.key}</bdi>}
      closeOnOutsideClick={false}
    >
      <EditForm {...props} />
    </Dialog>
  );
}

function sameRoles(before: readonly { id: string }[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((role) => after.includes(role.id));
}

function EditForm(props: EditKeyDialogProps) {
  const { apiKey, roles, onSave, allowStatus = true, allowExpiry = true } = props;
  const { impact, onOpenChange } = props;
  const { messages } = useLatchkey();
  const name = useNameField(apiKey.name);
  const [roleIds, setRoleIds] = useState<readonly string[]>(() =>
    apiKey.roles.map((role) => role.id),
  );
  const [active, setActive] = useState(apiKey.status === 'active');
  const expiry = useExpiry(apiKey.expiresAt);
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const action = useAction(onSave, messages.common.unknownError);

  const status: KeyStatus = active ? 'active' : 'inactive';
  const changes: EditKeyInput = {
    ...(name.trimmed === apiKey.name ? {} : { name: name.trimmed }),
    ...(sameRoles(apiKey.roles, roleIds) ? {} : { roleIds }),
    ...(status === apiKey.status ? {} : { status }),
    ...(expiry.expiresAt === apiKey.expiresAt ? {} : { expiresAt: expiry.expiresAt }),
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.problem) nameInput.current?.focus();
    if (name.problem || expiry.problem) return;
    if (Object.keys(changes).length === 0) {
      onOpenChange(false);
      return;
    }
    if (changes.status === 'inactive') {
      setConfirming(true);
      return;
    }
    const result = await action.run(changes);
    if (result.done) onOpenChange(false);
  };

  return (
    <DialogForm onSubmit={submit}>
      <DialogBody>
        <TextField
          ref={nameInput}
          label={messages.fields.name}
          required
          value={name.value}
          onValueChange={name.setValue}
          error={tried && name.problem}
        />
        {allowStatus && (
          <Checkbox
            label={messages.fields.active}
            description={messages.fields.activeHint}
            checked={active}
            onCheckedChange={setActive}
          />
        )}
        {active && apiKey.status === 'inactive' && (
          <Notice tone="warning" role="status">
            {messages.edit.activateNote}
          </Notice>
        )}
        <RolePicker roles={roles} value={roleIds} onValueChange={setRoleIds} />
        {allowExpiry && (
          <ExpiryField
            value={expiry.choice}
            onValueChange={expiry.setChoice}
            error={tried && expiry.problem}
          />
        )}
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
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={messages.edit.deactivateTitle}
        description={messages.deactivate.text}
        confirmLabel={messages.edit.confirmDeactivate}
        pendingLabel={messages.common.saving}
        onConfirm={async () => {
          await onSave(changes);
          onOpenChange(false);
        }}
      >
        {impact ?? <UsageImpact lastUsedAt={apiKey.lastUsedAt} />}
      </ConfirmDialog>
    </DialogForm>
  );
}
