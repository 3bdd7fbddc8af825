import { useRef, useState } from 'react';
import type { FormEvent, RefObject } from 'react';
import type { IssuedKey, RoleOption } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { Dialog, DialogBody, DialogFooter, DialogForm, dialogRoot } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import { ExpiryField, useExpiry } from '../expiry-field/ExpiryField.tsx';
import { useAction } from '../internal/use-action.ts';
import type { Action } from '../internal/use-action.ts';
import { useNameField } from '../internal/use-name-field.ts';
import { Notice } from '../notice/Notice.tsx';
import { RolePicker } from '../role-picker/RolePicker.tsx';
import { SingleAccessLink } from '../single-access-link/SingleAccessLink.tsx';
import { UncopiedLinkConfirm } from '../single-access-link/UncopiedLinkConfirm.tsx';
import { useLinkGuard } from '../single-access-link/use-link-guard.ts';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** What the form asks for. `expiresAt` is absent when the key never expires. */
export interface GenerateKeyInput {
  readonly name: string;
  readonly roleIds: readonly string[];
  readonly expiresAt?: string;
}

export interface GenerateKeyDialogProps extends DialogState {
  readonly roles: readonly RoleOption[];
  /** A rejection keeps the form as it is and shows its message. */
  readonly onGenerate: (input: GenerateKeyInput) => Promise<IssuedKey>;
  /** False where keys cannot expire. */
  readonly allowExpiry?: boolean | undefined;
  readonly onLinkCopied?: (() => void) | undefined;
}

/**
 * Generates a key: a name, roles (none chosen beforehand), optionally an expiry; then the link, once.
 *
 * Own it above the list: a refreshed list must not draw it anew, or the link is lost.
 */
export function GenerateKeyDialog(props: GenerateKeyDialogProps) {
  const { open, onOpenChange, returnFocusTo } = props;
  const { messages } = useLatchkey();
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const [copied, setCopied] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const action = useAction(props.onGenerate, messages.common.unknownError);
  const uncopied = open && issued !== null && !copied;
  const guard = useLinkGuard(action.pending ? 'coming' : uncopied ? 'uncopied' : 'nothing', () => {
    setIssued(null);
    setCopied(false);
    action.reset();
    onOpenChange(false);
  });
  const words = messages.generate;
  return (
    <>
      <Dialog
        {...dialogRoot(props)}
        open={open}
        onOpenChange={(next) => (next ? onOpenChange(true) : guard.requestClose())}
        returnFocusTo={returnFocusTo}
        title={issued ? words.doneTitle : words.title}
        description={issued ? undefined : words.text}
        closeOnOutsideClick={false}
        busy={action.pending}
        initialFocus={nameInput}
      >
        {issued ? (
          <>
            <DialogBody>
              <Notice tone="success" role="status" title={issued.key.name}>
                <bdi>{issued.key.key}</bdi>
              </Notice>
              <SingleAccessLink
                link={issued.link}
                onCopied={() => {
                  setCopied(true);
                  props.onLinkCopied?.();
                }}
              />
            </DialogBody>
            <DialogFooter>
              <Button onClick={guard.requestClose}>{messages.common.close}</Button>
            </DialogFooter>
          </>
        ) : (
          <GenerateForm
            {...props}
            action={action}
            nameInput={nameInput}
            onIssued={setIssued}
            onCancel={guard.requestClose}
          />
        )}
      </Dialog>
      <UncopiedLinkConfirm open={guard.asking} onStay={guard.stay} onLeave={guard.leave} />
    </>
  );
}

function GenerateForm(
  props: Pick<GenerateKeyDialogProps, 'roles' | 'allowExpiry'> & {
    readonly action: Action<[GenerateKeyInput], IssuedKey>;
    readonly nameInput: RefObject<HTMLInputElement | null>;
    readonly onIssued: (issued: IssuedKey) => void;
    readonly onCancel: () => void;
  },
) {
  const { roles, allowExpiry = true, action, nameInput, onIssued, onCancel } = props;
  const { messages } = useLatchkey();
  const words = messages.generate;
  const name = useNameField('');
  const [roleIds, setRoleIds] = useState<readonly string[]>([]);
  const expiry = useExpiry(null);
  const dateInput = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.problem) nameInput.current?.focus();
    else if (expiry.problem) dateInput.current?.focus();
    if (name.problem || expiry.problem) return;
    const { expiresAt } = expiry;
    const result = await action.run({
      name: name.trimmed,
      roleIds,
      ...(expiresAt === null ? {} : { expiresAt }),
    });
    if (result.done) onIssued(result.value);
  };

  return (
    <DialogForm onSubmit={submit}>
      <DialogBody>
        <TextField
          ref={nameInput}
          label={messages.fields.name}
          hint={messages.fields.nameHint}
          required
          value={name.value}
          onValueChange={name.setValue}
          error={tried && name.problem}
        />
        <RolePicker roles={roles} value={roleIds} onValueChange={setRoleIds} />
        <Notice tone="info">{messages.roles.leakWarning}</Notice>
        {allowExpiry && (
          <ExpiryField
            value={expiry.choice}
            onValueChange={expiry.setChoice}
            error={tried && expiry.problem}
            dateRef={dateInput}
          />
        )}
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <Button disabled={action.pending} onClick={onCancel}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={action.pending}>
          {action.pending ? words.pending : words.confirm}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
