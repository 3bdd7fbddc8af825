import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Button, Card, Notice, TextField, useToast } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Profile } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';
import { sessionsQuery } from './queries.ts';

interface PasswordValues {
  currentPassword: string;
  newPassword: string;
}

const nothing: PasswordValues = { currentPassword: '', newPassword: '' };

/** Changes the password, which ends every other session. */
export function PasswordCard({ profile }: { readonly profile: Profile }) {
  const allWords = useWords();
  const words = allWords.profile.password;
  const queryClient = useQueryClient();
  const toast = useToast();
  const { formState, handleSubmit, register, reset, setError } = useForm<PasswordValues>({
    defaultValues: nothing,
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<PasswordValues>(
    ['currentPassword', 'newPassword'],
    setError,
    async (values) => {
      try {
        await api.profile.changePassword.mutate(values);
      } catch (error) {
        if (readFailure(error).code !== 'WRONG_PASSWORD') throw error;
        setError('currentPassword', { message: words.wrong }, { shouldFocus: true });
        return;
      }
      reset(nothing);
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      toast({ title: words.changed, description: words.changedText });
    },
  );
  if (!profile.hasPassword) {
    const none = profile.identityProvider?.connected ? words.none : words.noneButPasskey;
    return <Card title={words.title}>{none}</Card>;
  }
  return (
    <Card title={words.title} description={words.text}>
      <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
        {/* A password manager asks for whom it is to keep the new one. */}
        <input type="hidden" autoComplete="username" value={profile.email} readOnly />
        <TextField
          {...register('currentPassword', { required: allWords.session.passwordRequired })}
          label={words.current}
          type="password"
          autoComplete="current-password"
          required
          error={errors.currentPassword?.message}
        />
        <TextField
          {...register('newPassword', {
            required: allWords.session.passwordRequired,
            minLength: { value: 8, message: allWords.setUp.passwordShort },
          })}
          label={words.new}
          hint={allWords.setUp.passwordHint}
          type="password"
          autoComplete="new-password"
          required
          error={errors.newPassword?.message}
        />
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
        <Button type="submit" pending={isSubmitting}>
          {isSubmitting ? words.changing : words.change}
        </Button>
      </form>
    </Card>
  );
}
