import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import {
  Button,
  Card,
  DescriptionList,
  Notice,
  TextField,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Profile } from '../../lib/api.ts';
import { Breakable } from '../../lib/Breakable.tsx';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';

interface PersonValues {
  name: string;
}

/** Who the person is, and their name to change. */
export function PersonCard({ profile }: { readonly profile: Profile }) {
  const allWords = useWords();
  const words = allWords.profile;
  const { messages } = useLatchkey();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { formState, handleSubmit, register, reset, setError } = useForm<PersonValues>({
    defaultValues: { name: profile.name },
  });
  const { errors, isDirty, isSubmitting } = formState;
  const { problem, submit } = useSubmit<PersonValues>(['name'], setError, async ({ name }) => {
    const saved = await api.profile.edit.mutate({ name });
    reset({ name: saved.name });
    await queryClient.invalidateQueries();
    toast({ title: words.nameSaved });
  });
  return (
    <Card title={words.person}>
      <DescriptionList
        items={[
          { term: allWords.session.email, details: <Breakable>{profile.email}</Breakable> },
          ...(profile.administrator
            ? [{ term: messages.roles.label, details: words.administrator }]
            : []),
        ]}
      />
      <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
        <TextField
          {...register('name', { required: allWords.setUp.nameRequired })}
          label={words.name}
          autoComplete="name"
          required
          error={errors.name?.message}
        />
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
        <Button type="submit" disabled={!isDirty} pending={isSubmitting}>
          {isSubmitting ? messages.common.saving : messages.common.save}
        </Button>
      </form>
    </Card>
  );
}
