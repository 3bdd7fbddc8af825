import { useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from '../session/Session.module.css';

interface Acceptance {
  name: string;
  password: string;
}

/**
 * Joins the account: with the password that the person has here, or with a name and a new password.
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
  const { formState, handleSubmit, register, setError } = useForm<Acceptance>({
    defaultValues: { name: '', password: '' },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<Acceptance>(
    ['name', 'password'],
    setError,
    async ({ name, password }) => {
      const person = registered ? { password } : { name, password };
      const { slug } = await openApi.invitations.accept.mutate({ invitation, ...person });
      await onJoined(slug);
    },
  );
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
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
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={isSubmitting}>
        {isSubmitting ? words.invitation.joining : words.invitation.join}
      </Button>
    </form>
  );
}
