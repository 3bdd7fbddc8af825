import { useQuery } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import type { Factors } from '../../lib/failure.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from './CodeField.tsx';
import { awaitedFactorsQuery } from './provider.ts';
import { SecondStep } from './SecondStep.tsx';
import styles from './Session.module.css';
import { usePasskey } from './use-passkey.ts';

/** What is asked for where it cannot be known what the person has. */
const any: Factors = ['passkey', 'app', 'recovery-code'];

/** The second factor of somebody whom the identity provider let in. @param name what the provider is called */
export function ProviderCodeForm(props: {
  readonly name: string;
  /** Called with where to go, signed in. */
  readonly onProven: (path: string) => Promise<void> | void;
}) {
  const { name, onProven } = props;
  const words = useWords();
  const { data: factors = any } = useQuery(awaitedFactorsQuery);
  const { control, formState, handleSubmit, setError } = useForm({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<{ code: string }>(
    ['code'],
    setError,
    async ({ code }) => {
      try {
        await onProven((await openApi.openIdConnect.proveSecondFactor.mutate({ code })).path);
      } catch (error) {
        if (readFailure(error).code !== 'WRONG_CODE') throw error;
        setError('code', { message: words.session.codeWrong }, { shouldFocus: true });
      }
    },
    { UNAUTHENTICATED: words.provider.told.expired(name) },
  );
  const passkey = usePasskey(false, async (proof) => {
    const { path } = await openApi.openIdConnect.proveSecondFactor.mutate({ passkey: proof });
    await onProven(path);
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        passkey.forget();
        void handleSubmit(submit)(event);
      }}
    >
      <SecondStep
        factors={factors}
        passkey={passkey}
        problem={passkey.problem ?? problem}
        field={
          <Controller
            control={control}
            name="code"
            rules={{ required: words.session.codeRequired }}
            render={({ field: { name: field, onBlur, onChange, value } }) => (
              <CodeField
                factors={factors}
                name={field}
                onBlur={onBlur}
                value={value}
                onValueChange={onChange}
                error={errors.code?.message}
              />
            )}
          />
        }
        submit={
          <Button type="submit" variant="primary" pending={isSubmitting}>
            {isSubmitting ? words.session.signingIn : words.session.signIn}
          </Button>
        }
      />
    </form>
  );
}
