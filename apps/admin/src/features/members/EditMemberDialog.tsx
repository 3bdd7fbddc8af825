import { Controller, useForm } from 'react-hook-form';
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
import { useSubmit } from '../../lib/form.ts';
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
  const { control, formState, handleSubmit, setError } = useForm<{ roleIds: readonly string[] }>({
    defaultValues: { roleIds: member.roles.map(({ id }) => id) },
  });
  const { isSubmitting } = formState;
  const { problem, submit } = useSubmit<{ roleIds: readonly string[] }>(
    [],
    setError,
    async ({ roleIds }) => {
      await onSave(roleIds);
      onClose();
    },
  );

  return (
    <DialogForm onSubmit={handleSubmit(submit)}>
      <DialogBody>
        <Controller
          control={control}
          name="roleIds"
          render={({ field }) => (
            <RolePicker roles={roles} value={field.value} onValueChange={field.onChange} />
          )}
        />
        {problem !== null && (
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
          {isSubmitting ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
