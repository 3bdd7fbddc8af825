import { useForm } from 'react-hook-form';
import { Button, Notice, TextField } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from '../session/Session.module.css';
import { suggestSlug } from './suggest-slug.ts';

interface Claim {
  accountName: string;
  account: string;
  name: string;
  email: string;
  password: string;
}

const fields = ['accountName', 'account', 'name', 'email', 'password'] as const;

/** Asks for the account and its owner. @param onDone called with the account's slug, signed in */
export function SetUpForm(props: {
  readonly code: string;
  readonly onDone: (account: string) => Promise<void>;
}) {
  const words = useWords();
  const { formState, getFieldState, handleSubmit, register, setError, setValue } = useForm<Claim>({
    defaultValues: { accountName: '', account: '', name: '', email: '', password: '' },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<Claim>(fields, setError, async (values) => {
    const { slug } = await openApi.setUp.claim.mutate({ code: props.code, ...values });
    await props.onDone(slug);
  });
  const { setUp, session } = words;
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      <TextField
        {...register('accountName', {
          required: setUp.accountNameRequired,
          onChange: (event: { target: { value: string } }) => {
            // Suggested until the person writes their own.
            if (!getFieldState('account').isDirty)
              setValue('account', suggestSlug(event.target.value));
          },
        })}
        label={setUp.accountName}
        autoComplete="organization"
        required
        error={errors.accountName?.message}
      />
      <TextField
        {...register('account', {
          required: setUp.slugWrong,
          pattern: { value: /^[a-z0-9-]{2,40}$/, message: setUp.slugWrong },
        })}
        label={setUp.slug}
        hint={setUp.slugHint}
        mono
        required
        spellCheck={false}
        autoCapitalize="none"
        error={errors.account?.message}
      />
      <TextField
        {...register('name', { required: setUp.nameRequired })}
        label={setUp.name}
        autoComplete="name"
        required
        error={errors.name?.message}
      />
      <TextField
        {...register('email', { required: session.emailRequired })}
        label={session.email}
        type="email"
        autoComplete="username"
        required
        error={errors.email?.message}
      />
      <TextField
        {...register('password', {
          required: session.passwordRequired,
          minLength: { value: 8, message: setUp.passwordShort },
        })}
        label={session.password}
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
        {isSubmitting ? setUp.creating : setUp.create}
      </Button>
    </form>
  );
}
