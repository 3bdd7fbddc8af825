import { useForm } from 'react-hook-form';
import { useQueryClient } from '@tanstack/react-query';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  TextField,
  useLatchkey,
} from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { accountsQuery } from '../session/queries.ts';

interface NewAccount {
  name: string;
  slug: string;
}

interface CreateAccountDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated: (slug: string) => void;
}

/** Creates an account, of which the person becomes the owner. */
export function CreateAccountDialog(props: CreateAccountDialogProps) {
  const words = useWords().createAccount;
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={words.title}
      description={words.text}
      size="sm"
      closeOnOutsideClick={false}
    >
      <CreateAccountForm {...props} />
    </Dialog>
  );
}

function CreateAccountForm({ onOpenChange, onCreated }: CreateAccountDialogProps) {
  const { messages } = useLatchkey();
  const words = useWords();
  const queryClient = useQueryClient();
  const { formState, handleSubmit, register, setError } = useForm<NewAccount>();
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<NewAccount>(['name', 'slug'], setError, async (values) => {
    const { slug } = await api.accounts.create.mutate(values);
    await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
    onOpenChange(false);
    onCreated(slug);
  });
  return (
    <DialogForm onSubmit={handleSubmit(submit)}>
      <DialogBody>
        <TextField
          {...register('name', { required: words.setUp.accountNameRequired })}
          label={words.setUp.accountName}
          required
          error={errors.name?.message}
        />
        <TextField
          {...register('slug', {
            required: words.setUp.slugWrong,
            pattern: { value: /^[a-z0-9-]{2,40}$/, message: words.setUp.slugWrong },
          })}
          label={words.setUp.slug}
          hint={words.setUp.slugHint}
          mono
          required
          spellCheck={false}
          autoCapitalize="none"
          error={errors.slug?.message}
        />
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={isSubmitting} onClick={() => onOpenChange(false)}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {words.createAccount.create}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
