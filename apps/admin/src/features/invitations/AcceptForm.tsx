import { Controller, useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from '../session/CodeField.tsx';
import { SecondStep } from '../session/SecondStep.tsx';
import styles from '../session/Session.module.css';
import { usePasskey } from '../session/use-passkey.ts';
import { useSecondFactor } from '../session/use-second-factor.ts';

interface Acceptance {
  name: string;
  password: string;
  code: string;
}

/**
 * Joins the account: with the password that the person has here (and their second factor), or with a name and a new password.
 *
 * @param onJoined called with the account's slug, signed in
 */
export function AcceptForm(props: {
  readonly invitation: string;
  readonly email: string;
  readonly registered: boolean;
  readonly onJoined: (account: string) => Promise<void>;
}) {
  const { invitation, email, registered, onJoined } = props;
  const words = useWords();
  const { control, formState, getValues, handleSubmit, register, setError } = useForm<Acceptance>({
    defaultValues: { name: '', password: '', code: '' },
  });
  const { errors, isSubmitting } = formState;
  const secondFactor = useSecondFactor(() =>
    setError('code', { message: words.session.codeWrong }),
  );
  const { problem, submit } = useSubmit<Acceptance>(
    ['name', 'password', 'code'],
    setError,
    async ({ name, password, code }) => {
      const person = registered ? { password } : { name, password };
      const proof = secondFactor.asked ? { ...person, code } : person;
      const joined = await secondFactor.send(() =>
        openApi.invitations.accept.mutate({ invitation, ...proof }),
      );
      if (joined) await onJoined(joined.slug);
    },
    { UNAUTHENTICATED: words.profile.proof.wrongPassword },
  );
  // The address is known, so the browser suggests nothing at it.
  const passkey = usePasskey(false, async (proof) => {
    const { password } = getValues();
    const joined = await openApi.invitations.accept.mutate({
      invitation,
      password,
      passkey: proof,
    });
    await onJoined(joined.slug);
  });
  const told = passkey.problem ?? problem;
  const submitButton = (
    <Button type="submit" variant="primary" pending={isSubmitting}>
      {isSubmitting ? words.invitation.joining : words.invitation.join}
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
      <TextField
        label={words.session.email}
        type="email"
        autoComplete="username"
        readOnly
        value={email}
      />
      {!registered && (
        <TextField
          {...register('name', { required: words.setUp.nameRequired })}
          label={words.setUp.name}
          autoComplete="name"
          required
          error={errors.name?.message}
        />
      )}
      <TextField
        {...register('password', {
          required: words.session.passwordRequired,
          minLength: { value: 8, message: words.setUp.passwordShort },
        })}
        label={words.session.password}
        hint={registered ? undefined : words.setUp.passwordHint}
        type="password"
        autoComplete={registered ? 'current-password' : 'new-password'}
        required
        error={errors.password?.message}
      />
      {secondFactor.asked ? (
        <SecondStep
          factors={secondFactor.factors}
          passkey={passkey}
          problem={told}
          field={
            <Controller
              control={control}
              name="code"
              rules={{ required: words.session.codeRequired }}
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
      ) : (
        <>
          {told && (
            <Notice tone="danger" role="alert">
              {told}
            </Notice>
          )}
          {submitButton}
        </>
      )}
    </form>
  );
}
