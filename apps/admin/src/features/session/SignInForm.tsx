import { useEffect } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button, Notice, TextField, useLatchkey } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import type { Person } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from './CodeField.tsx';
import { PasskeyButton } from './PasskeyButton.tsx';
import { hasPasskeys } from './passkeys.ts';
import { SecondStep } from './SecondStep.tsx';
import styles from './Session.module.css';
import { usePasskey } from './use-passkey.ts';
import { useSecondFactor } from './use-second-factor.ts';

interface SignIn {
  email: string;
  password: string;
  code: string;
}

/** E-mail and password, and then the second factor of who has one; or a passkey alone. @param email filled in beforehand */
export function SignInForm(props: {
  readonly email?: string | undefined;
  readonly onSignedIn: (person: Person) => Promise<void> | void;
}) {
  const { email = '', onSignedIn } = props;
  const { session: words } = useWords();
  const { messages } = useLatchkey();
  const { control, formState, getValues, handleSubmit, register, resetField, setError, setFocus } =
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
  const passkey = usePasskey(!secondFactor.asked, async (proof) => {
    const { code: _, ...values } = getValues();
    const person = secondFactor.asked
      ? await openApi.session.signIn.mutate({ ...values, passkey: proof })
      : await openApi.session.signInByPasskey.mutate(proof);
    await onSignedIn(person);
  });
  const told = passkey.problem ?? problem;
  const submitButton = (
    <Button type="submit" variant="primary" pending={isSubmitting}>
      {isSubmitting ? words.signingIn : words.signIn}
    </Button>
  );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        passkey.forget();
        void handleSubmit(submit)(event);
      }}
    >
      {secondFactor.asked ? (
        <>
          <SecondStep
            factors={secondFactor.factors}
            passkey={passkey}
            problem={told}
            field={
              <Controller
                control={control}
                name="code"
                rules={{ required: words.codeRequired }}
                render={({ field: { name, onBlur, onChange, value } }) => (
                  <CodeField
                    factors={secondFactor.factors}
                    name={name}
                    onBlur={onBlur}
                    value={value}
                    onValueChange={onChange}
                    error={errors.code?.message}
                  />
                )}
              />
            }
            submit={submitButton}
          />
          <Button
            variant="ghost"
            onClick={() => {
              resetField('code');
              passkey.forget();
              secondFactor.back();
            }}
          >
            {messages.common.back}
          </Button>
        </>
      ) : (
        <>
          <TextField
            {...register('email', { required: words.emailRequired })}
            label={words.email}
            type="email"
            autoComplete="username webauthn"
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
          {told && (
            <Notice tone="danger" role="alert">
              {told}
            </Notice>
          )}
          {submitButton}
          {hasPasskeys() && <PasskeyButton label={words.passkey.signIn} {...passkey} />}
        </>
      )}
    </form>
  );
}
