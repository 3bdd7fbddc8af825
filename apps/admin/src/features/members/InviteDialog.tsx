import { useRef, useState } from 'react';
import { useBlocker } from '@tanstack/react-router';
import { Controller, useForm } from 'react-hook-form';
import {
  Button,
  ConfirmDialog,
  CopyButton,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  RolePicker,
  TextField,
  useLatchkey,
  useLinkGuard,
} from '@latchkey/ui';
import type { DialogState, RoleOption } from '@latchkey/ui';
import type { Answers, Member } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Members.module.css';

type Invited = Answers['members']['invite'];

interface InviteDialogProps extends DialogState {
  readonly roles: readonly RoleOption[];
  /** Whom to invite again, which replaces their link; `null` for somebody new. */
  readonly member: Member | null;
  readonly onInvite: (email: string, roleIds: readonly string[]) => Promise<Invited>;
}

/** Invites a person. Where no mail is set up, the link is shown, once: it does not go before it is copied. */
export function InviteDialog({ roles, member, onInvite, ...dialog }: InviteDialogProps) {
  const { open, onOpenChange } = dialog;
  const words = useWords().members;
  const { messages } = useLatchkey();
  const [invited, setInvited] = useState<Invited | null>(null);
  const [copied, setCopied] = useState(false);
  const atStake = open && Boolean(invited?.invitation) && !copied;
  const guard = useLinkGuard(atStake, () => onOpenChange(false));
  const blocked = useBlocker({
    shouldBlockFn: () => atStake,
    enableBeforeUnload: false,
    withResolver: true,
  });
  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? onOpenChange(true) : guard.requestClose())}
        title={invited ? words.invitedTitle : words.inviteTitle}
        description={invited ? undefined : words.inviteText}
        closeOnOutsideClick={false}
      >
        {invited ? (
          <InvitedStep
            invited={invited}
            onCopied={() => setCopied(true)}
            onClose={guard.requestClose}
          />
        ) : (
          <InviteForm
            roles={roles}
            member={member}
            onInvite={onInvite}
            onInvited={setInvited}
            onClose={() => onOpenChange(false)}
          />
        )}
      </Dialog>
      <ConfirmDialog
        open={guard.asking || blocked.status === 'blocked'}
        onOpenChange={(asking) => {
          if (asking) return;
          guard.stay();
          blocked.reset?.();
        }}
        title={messages.link.uncopiedTitle}
        description={words.uncopiedText}
        cancelLabel={messages.link.uncopiedBack}
        confirmLabel={messages.link.uncopiedClose}
        onConfirm={() => {
          if (blocked.status === 'blocked') blocked.proceed();
          else guard.leave();
        }}
      />
    </>
  );
}

interface InviteValues {
  email: string;
  roleIds: readonly string[];
}

function InviteForm(
  props: Pick<InviteDialogProps, 'roles' | 'member' | 'onInvite'> & {
    readonly onInvited: (invited: Invited) => void;
    readonly onClose: () => void;
  },
) {
  const { roles, member, onInvite, onInvited, onClose } = props;
  const words = useWords();
  const { messages } = useLatchkey();
  const { control, formState, handleSubmit, register, setError } = useForm<InviteValues>({
    defaultValues: {
      email: member?.email ?? '',
      roleIds: member?.roles.map(({ id }) => id) ?? [],
    },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<InviteValues>(
    ['email'],
    setError,
    async ({ email, roleIds }) => onInvited(await onInvite(email.trim(), roleIds)),
  );
  return (
    <DialogForm onSubmit={handleSubmit(submit)}>
      <DialogBody>
        <TextField
          {...register('email', { required: words.session.emailRequired })}
          label={words.session.email}
          type="email"
          required
          readOnly={member !== null}
          error={errors.email?.message}
        />
        <Controller
          control={control}
          name="roleIds"
          render={({ field }) => (
            <RolePicker roles={roles} value={field.value} onValueChange={field.onChange} />
          )}
        />
        {problem && (
          <Notice tone="danger" role="alert" title={messages.confirm.failed}>
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={isSubmitting} onClick={onClose}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {isSubmitting ? words.members.inviting : words.members.invite}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}

function InvitedStep(props: {
  readonly invited: Invited;
  readonly onCopied: () => void;
  readonly onClose: () => void;
}) {
  const { member, invitation } = props.invited;
  const words = useWords().members;
  const { messages, format } = useLatchkey();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <DialogBody>
        <Notice tone="success" role="status" title={member.email}>
          {invitation ? words.sendLink : words.mailed}
        </Notice>
        {invitation && (
          <>
            <div className={styles.link}>
              <TextField
                ref={field}
                className={styles.field}
                label={words.link}
                mono
                readOnly
                dir="ltr"
                value={invitation.url}
                onFocus={(event) => event.currentTarget.select()}
                onCopy={props.onCopied}
              />
              <CopyButton
                variant="primary"
                text={invitation.url}
                label={messages.link.copy}
                field={field}
                onCopied={props.onCopied}
              />
            </div>
            <p>{words.linkExpires(format.dateTime(invitation.expiresAt))}</p>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={props.onClose}>{messages.common.close}</Button>
      </DialogFooter>
    </>
  );
}
