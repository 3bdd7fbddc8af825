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
  useLinkGuard,
} from '@latchkey/ui';
import type { DialogState, LinkStake, RoleOption } from '@latchkey/ui';
import type { Answers, Member } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useLinkBlocker } from '../../lib/use-link-blocker.ts';
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
  const [stake, setStake] = useState<LinkStake>('nothing');
  const guard = useLinkGuard(open ? stake : 'nothing', () => onOpenChange(false));
  const blocker = useLinkBlocker(open ? stake : 'nothing');

  const invite: typeof onInvite = async (email, roleIds) => {
    setStake('coming');
    try {
      const answer = await onInvite(email, roleIds);
      setStake(answer.invitation ? 'uncopied' : 'nothing');
      return answer;
    } catch (error) {
      setStake('nothing');
      throw error;
    }
  };

  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? onOpenChange(true) : guard.requestClose())}
        title={invited ? words.invitedTitle : words.inviteTitle}
        description={invited ? undefined : words.inviteText}
        closeOnOutsideClick={false}
        busy={stake === 'coming'}
      >
        {invited ? (
          <InvitedStep
            invited={invited}
            onCopied={() => setStake('nothing')}
            onClose={guard.requestClose}
          />
        ) : (
          <InviteForm
            roles={roles}
            member={member}
            onInvite={invite}
            onInvited={setInvited}
            onClose={guard.requestClose}
          />
        )}
      </Dialog>
      <UncopiedLinkConfirm
        open={guard.asking || blocker.asking}
        onStay={() => {
          guard.stay();
          blocker.stay();
        }}
        onLeave={() => {
          blocker.leave();
          guard.leave();
        }}
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
