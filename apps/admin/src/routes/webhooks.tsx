import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { Button, EmptyState, ErrorState, PageHeader, Skeleton } from '@latchkey/ui';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { webhooksQuery, webhooksScope } from '../features/webhooks/queries.ts';
import { SecretDialog } from '../features/webhooks/SigningSecret.tsx';
import { WebhookForm } from '../features/webhooks/WebhookForm.tsx';
import { WebhooksList } from '../features/webhooks/WebhooksList.tsx';
import { api } from '../lib/api.ts';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';

/** Where the account has its own systems told of things. */
export function Webhooks() {
  const allWords = useWords();
  const words = allWords.webhooks;
  usePageTitle(words.title);
  const account = useAccount();
  const { slug } = account;
  const queryClient = useQueryClient();
  const mayView = account.can('keys.settings');
  const listed = useQuery({ ...webhooksQuery(slug), enabled: mayView });
  const [open, setOpen] = useState(false);
  // A dialog that is opened again begins anew.
  const [time, setTime] = useState(0);

  if (!mayView) return <Forbidden title={words.title} />;

  const create = (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      onClick={() => {
        setTime(time + 1);
        setOpen(true);
      }}
    >
      {words.create}
    </Button>
  );
  const isEmpty = listed.data?.length === 0;
  return (
    <>
      <PageHeader title={words.title} description={words.text} actions={!isEmpty && create} />
      {listed.isError && !listed.data && (
        <ErrorState title={words.failed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && mayView && <Skeleton height="240px" />}
      {isEmpty && (
        <EmptyState
          icon={<WebhookIcon size={24} aria-hidden />}
          title={words.nothing}
          action={create}
        >
          {words.nothingText}
        </EmptyState>
      )}
      {listed.data && !isEmpty && <WebhooksList webhooks={listed.data} />}
      <SecretDialog key={time} open={open} onOpenChange={setOpen} title={words.create}>
        {(ask, close) => (
          <WebhookForm
            webhook={null}
            onClose={close}
            onSend={async ({ types, ...values }) =>
              ask(async () => {
                const { secret } = await api.webhooks.create.mutate({
                  account: slug,
                  ...values,
                  types: [...types],
                });
                void queryClient.invalidateQueries({ queryKey: webhooksScope(slug) });
                return secret;
              })
            }
          />
        )}
      </SecretDialog>
    </>
  );
}
