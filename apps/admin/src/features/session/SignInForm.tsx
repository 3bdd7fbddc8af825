import { useEffect } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button, Notice, TextField, useLatchkey } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import type { Person } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from './CodeField.tsx';
import styles from './Session.module.css';
import { useSecondFactor } from './use-second-factor.ts';

interface SignIn {
  email: string;
  password: string;
  code: string;
}

/** E-mail and password; then, for who has a second factor, its code. @param email filled in beforehand */
export function SignInForm(props: {
  readonly email?: string | undefined;
  readonly onSignedIn: (person: Person) => Promise<void> | void;
}) {
  const { email = '', onSignedIn } = props;
  const words = useWords().session;
  const { messages } = useLatchkey();
  const { control, formState, handleSubmit, register, resetField, setError, setFocus } =
    useForm<SignIn>({ defaultValues: { email, password: '', code: '' } });
  const secondFactor = useSecondFactor(() => setError('code', { message: words.codeWrong }));
  // Whose address is known has only the password to write.
  useEffect(() => {
    if (email === '') return;
    const frame = requestAnimationFrame(() => setFocus('password'));
    return () => cancelAnimationFrame(frame);
  }, [email, setFocus]);
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<SignIn>(
    ['email', 'password', 'code'],
    setError,
    async ({ code, ...values }) => {
      const proof = secondFactor.asked ? { ...values, code } : values;
      const person = await secondFactor.send(() => openApi.session.signIn.mutate(proof));
      if (person) await onSignedIn(person);
    },
    { UNAUTHENTICATED: words.wrong },
  );
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      {secondFactor.asked ? (
        <Controller
          control={control}
          name="code"
          rules={{ required: words.codeRequired }}
          render={({ field: { name, onBlur, onChange, value } }) => (
            <CodeField
              name={name}
              onBlur={onBlur}
              value={value}
              onValueChange={onChange}
              error={errors.code?.message}
            />
          )}
        />
      ) : (
        <>
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
        </>
      )}
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={isSubmitting}>
        {isSubmitting ? words.signingIn : words.signIn}
      </Button>
      {secondFactor.asked && (
        <Button
          variant="ghost"
          onClick={() => {
            resetField('code');
            secondFactor.back();
          }}
        >
          {messages.common.back}
        </Button>
      )}
    </form>
  );
}
