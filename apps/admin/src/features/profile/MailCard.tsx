import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import {
  Button,
  Card,
  Checkbox,
  ErrorState,
  Notice,
  RadioGroup,
  Skeleton,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import { locales } from '@latchkey/ui/messages';
import { api } from '../../lib/api.ts';
import type { MailPreference } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useSubmit } from '../../lib/form.ts';
import { languages } from '../../lib/preferences.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import styles from './Profile.module.css';
import { mailPreferenceQuery } from './queries.ts';

/** What the person wants to be mailed of the account. */
export function MailCard() {
  const allWords = useWords();
  const words = allWords.profile.mail;
  const account = useAccount();
  const preference = useQuery(mailPreferenceQuery(account.slug));
  return (
    <Card className={styles.wide} title={words.title} description={words.text(account.name)}>
      {preference.isError && !preference.data && (
        <ErrorState title={words.failed} onRetry={() => void preference.refetch()}>
          {describeFailure(readFailure(preference.error), allWords)}
        </ErrorState>
      )}
      {preference.isPending && <Skeleton height="160px" />}
      {preference.data && (
        <MailForm key={account.slug} account={account.slug} preference={preference.data} />
      )}
    </Card>
  );
}

type MailValues = Omit<MailPreference, 'mailed'>;

function MailForm(props: { readonly account: string; readonly preference: MailPreference }) {
  const { account, preference } = props;
  const words = useWords().profile.mail;
  const { messages } = useLatchkey();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mailed, ...chosen } = preference;
  const { control, formState, handleSubmit, reset, setError } = useForm<MailValues>({
    defaultValues: chosen,
  });
  const { isDirty, isSubmitting } = formState;
  const { problem, submit } = useSubmit<MailValues>([], setError, async (values) => {
    const { mailed: _, ...saved } = await api.mailPreference.set.mutate({ account, ...values });
    queryClient.setQueryData(mailPreferenceQuery(account).queryKey, { mailed, ...saved });
    reset(saved);
    toast({ title: words.saved });
  });
  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit(submit)}>
      {!mailed && <Notice tone="info">{words.none}</Notice>}
      {(['events', 'digest'] as const).map((name) => (
        <Controller
          key={name}
          control={control}
          name={name}
          render={({ field }) => (
            <Checkbox
              label={words[name]}
              description={words[`${name}Text`]}
              checked={field.value}
              onCheckedChange={field.onChange}
            />
          )}
        />
      ))}
      <p className={styles.detail}>{words.roles}</p>
      <Controller
        control={control}
        name="language"
        render={({ field }) => (
          <RadioGroup
            label={words.language}
            value={field.value}
            onValueChange={field.onChange}
            options={locales.map((value) => ({ value, label: languages[value] }))}
          />
        )}
      />
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" disabled={!isDirty} pending={isSubmitting}>
        {isSubmitting ? messages.common.saving : messages.common.save}
      </Button>
    </form>
  );
}
