import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  RolePicker,
  SingleAccessLink,
  TextField,
  UncopiedLinkConfirm,
  useLatchkey,
} from '@latchkey/ui';
import type { DialogState, RoleOption } from '@latchkey/ui';
import type { Answers, Member } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useStake } from '../../lib/use-stake.ts';
import { useWords } from '../../lib/words/index.ts';

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
  const [invited, setInvited] = useState<Invited | null>(null);
  const stake = useStake(open, () => onOpenChange(false));

  const invite: typeof onInvite = async (email, roleIds) =>
    stake.waitFor(onInvite(email, roleIds), ({ invitation }) => Boolean(invitation));

  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? onOpenChange(true) : stake.requestClose())}
        title={invited ? words.invitedTitle : words.inviteTitle}
        description={invited ? undefined : words.inviteText}
        closeOnOutsideClick={false}
        busy={stake.coming}
      >
        {invited ? (
          <InvitedStep invited={invited} onCopied={stake.kept} onClose={stake.requestClose} />
        ) : (
          <InviteForm
            roles={roles}
            member={member}
            onInvite={invite}
            onInvited={setInvited}
            onClose={stake.requestClose}
          />
        )}
      </Dialog>
      <UncopiedLinkConfirm
        open={stake.asking}
        onStay={stake.stay}
        onLeave={stake.leave}
        text={words.uncopiedText}
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
  const { messages } = useLatchkey();
  return (
    <>
      <DialogBody>
        <Notice tone="success" role="status" title={member.email}>
          {!invitation && words.mailed}
        </Notice>
        {invitation && (
          <SingleAccessLink
            link={invitation}
            words={{ label: words.link, text: words.sendLink, lost: words.linkLost }}
            onCopied={props.onCopied}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={props.onClose}>{messages.common.close}</Button>
      </DialogFooter>
    </>
  );
}
