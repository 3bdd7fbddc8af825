import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  RolePicker,
  useLatchkey,
} from '@latchkey/ui';
import type { DialogState, RoleOption } from '@latchkey/ui';
import type { Member } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';

interface EditMemberDialogProps extends DialogState {
  readonly member: Member;
  readonly roles: readonly RoleOption[];
  /** A rejection keeps the dialog open and shows its message; success closes it. */
  readonly onSave: (roleIds: readonly string[]) => Promise<void>;
}

/** Changes what a member may do. */
export function EditMemberDialog({ member, roles, onSave, ...dialog }: EditMemberDialogProps) {
  const words = useWords().members;
  return (
    <Dialog
      {...dialog}
      title={words.editTitle(member.name || member.email)}
      description={member.name ? member.email : undefined}
      closeOnOutsideClick={false}
    >
      <EditMemberForm
        member={member}
        roles={roles}
        onSave={onSave}
        onClose={() => dialog.onOpenChange(false)}
      />
    </Dialog>
  );
}

function EditMemberForm(
  props: Pick<EditMemberDialogProps, 'member' | 'roles' | 'onSave'> & {
    readonly onClose: () => void;
  },
) {
  const { member, roles, onSave, onClose } = props;
  const { messages } = useLatchkey();
  const [roleIds, setRoleIds] = useState<readonly string[]>(member.roles.map(({ id }) => id));
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async () => {
    setPending(true);
    setProblem(null);
    try {
      await onSave(roleIds);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : messages.common.unknownError);
    } finally {
      setPending(false);
    }
  };

  return (
    <DialogForm
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <DialogBody>
        <RolePicker roles={roles} value={roleIds} onValueChange={setRoleIds} />
        {problem !== null && (
          <Notice tone="danger" role="alert" title={messages.confirm.failed}>
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={pending} onClick={onClose}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
