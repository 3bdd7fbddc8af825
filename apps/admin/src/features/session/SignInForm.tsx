import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import type { Person } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Session.module.css';

interface SignIn {
  email: string;
  password: string;
}

/** E-mail and password. @param email filled in beforehand */
export function SignInForm(props: {
  readonly email?: string | undefined;
  readonly onSignedIn: (person: Person) => Promise<void> | void;
}) {
  const { email = '', onSignedIn } = props;
  const words = useWords().session;
  const { formState, handleSubmit, register, setError, setFocus } = useForm<SignIn>({
    defaultValues: { email, password: '' },
  });
  // Whose address is known has only the password to write.
  useEffect(() => {
    if (email === '') return;
    const frame = requestAnimationFrame(() => setFocus('password'));
    return () => cancelAnimationFrame(frame);
  }, [email, setFocus]);
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<SignIn>(
    ['email', 'password'],
    setError,
    async (values) => onSignedIn(await openApi.session.signIn.mutate(values)),
    { UNAUTHENTICATED: words.wrong },
  );
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      <TextField
        {...register('email', { required: words.emailRequired })}
        label={words.email}
        type="email"
        autoComplete="username"
        required
        error={errors.email?.message}
      />
      <TextField
        {...register('password', { required: words.passwordRequired })}
        label={words.password}
        type="password"
        autoComplete="current-password"
        required
        error={errors.password?.message}
      />
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={isSubmitting}>
        {isSubmitting ? words.signingIn : words.signIn}
      </Button>
    </form>
  );
}
