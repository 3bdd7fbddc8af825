import { useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { usePreferences } from '../../lib/Preferences.tsx';
import { useWords } from '../../lib/words/index.ts';
import styles from '../session/Session.module.css';

interface Asked {
  email: string;
}

/** Asks for a link to choose a new password, in the language of the page. @param onSent called with the address, whoever has it */
export function AskForm({ onSent }: { readonly onSent: (email: string) => void }) {
  const { forgotten: words, session } = useWords();
  const { locale: language } = usePreferences();
  const { formState, handleSubmit, register, setError } = useForm<Asked>({
    defaultValues: { email: '' },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<Asked>(
    ['email'],
    setError,
    async ({ email }) => {
      await openApi.passwordResets.ask.mutate({ email, language });
      onSent(email);
    },
    { RATE_LIMITED: words.limited },
  );
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      <TextField
        {...register('email', { required: session.emailRequired })}
        label={session.email}
        type="email"
        autoComplete="username"
        required
        error={errors.email?.message}
      />
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={isSubmitting}>
        {isSubmitting ? words.sending : words.send}
      </Button>
    </form>
  );
}
