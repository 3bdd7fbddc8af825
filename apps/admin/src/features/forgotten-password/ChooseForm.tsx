import { useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from '../session/Session.module.css';

interface Chosen {
  password: string;
}

/**
 * Chooses a new password, which uses the link up.
 *
 * @param onGone called when the link is no longer available by now
 */
export function ChooseForm(props: {
  readonly reset: string;
  readonly email: string;
  readonly onChosen: () => void;
  readonly onGone: () => void;
}) {
  const { reset, email, onChosen, onGone } = props;
  const { profile, session, setUp } = useWords();
  const { formState, handleSubmit, register, setError } = useForm<Chosen>({
    defaultValues: { password: '' },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<Chosen>(['password'], setError, async ({ password }) => {
    try {
      await openApi.passwordResets.choose.mutate({ reset, password });
    } catch (error) {
      if (readFailure(error).code !== 'RESET_GONE') throw error;
      onGone();
      return;
    }
    onChosen();
  });
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      {/* A password manager asks for whom it is to keep the new one. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <TextField
        {...register('password', {
          required: session.passwordRequired,
          minLength: { value: 8, message: setUp.passwordShort },
        })}
        label={profile.password.new}
        hint={setUp.passwordHint}
        type="password"
        autoComplete="new-password"
        required
        error={errors.password?.message}
      />
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={isSubmitting}>
        {isSubmitting ? profile.password.changing : profile.password.change}
      </Button>
    </form>
  );
}
