import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorState, RenewalSettings, Skeleton, useLatchkey, useToast } from '@latchkey/ui';
import { settingsQuery } from '../features/settings/queries.ts';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { api } from '../lib/api.ts';
import { describeFailure, readFailure, tell } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';

/** The account's renewal period. */
export function Settings() {
  const words = useWords();
  const { messages } = useLatchkey();
  usePageTitle(messages.page.settings);
  const account = useAccount();
  const { slug } = account;
  const queryClient = useQueryClient();
  const toast = useToast();
  const mayView = account.can('keys.view');
  const settings = useQuery({ ...settingsQuery(slug), enabled: mayView });

  if (!mayView) return <Forbidden />;
  if (settings.isError && !settings.data) {
    return (
      <ErrorState onRetry={() => void settings.refetch()}>
        {describeFailure(readFailure(settings.error), words)}
      </ErrorState>
    );
  }
  if (!settings.data) return <Skeleton height="180px" />;
  return (
    <RenewalSettings
      value={settings.data.renewalPeriodMonths}
      readOnly={!account.can('keys.settings')}
      onSave={async (renewalPeriodMonths) => {
        const saved = await tell(
          api.settings.set.mutate({ account: slug, renewalPeriodMonths }),
          words,
        );
        queryClient.setQueryData(settingsQuery(slug).queryKey, saved);
        // The alerts of all keys, old and new, follow the period.
        void queryClient.invalidateQueries({ queryKey: ['account', slug] });
        toast({ title: messages.settings.saved });
      }}
    />
  );
}
