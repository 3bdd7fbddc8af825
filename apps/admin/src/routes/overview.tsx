import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { Button, Card, EmptyState, ErrorState, PageHeader, useLatchkey } from '@latchkey/ui';
import { AuditEvents } from '../features/audit/AuditEvents.tsx';
import { auditEventsQuery } from '../features/audit/queries.ts';
import { keysOverviewQuery } from '../features/keys/queries.ts';
import { useKeyDialogs } from '../features/keys/use-key-dialogs.tsx';
import { Attention } from '../features/overview/Attention.tsx';
import { Figures } from '../features/overview/Figures.tsx';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/overview/Overview.module.css';

/** The account's keys for whoever is responsible: in figures, and those to look after first. */
export function Overview() {
  const allWords = useWords();
  const words = allWords.overview;
  const { messages } = useLatchkey();
  usePageTitle(words.title);
  const account = useAccount();
  const { slug } = account;
  const mayView = account.can('keys.view');
  const { data: overview, ...query } = useQuery({ ...keysOverviewQuery(slug), enabled: mayView });
  const log = useInfiniteQuery({
    ...auditEventsQuery(slug, {}, 6),
    enabled: account.can('audit.view'),
  });
  const { ask, dialogs } = useKeyDialogs();

  if (!mayView) return <Forbidden title={words.title} />;

  const figures = () => {
    if (query.isError && !overview) {
      return (
        <ErrorState title={words.failed} onRetry={() => void query.refetch()}>
          {describeFailure(readFailure(query.error), allWords)}
        </ErrorState>
      );
    }
    if (overview?.total === 0) {
      return (
        <EmptyState
          title={messages.states.emptyTitle}
          action={
            account.can('keys.edit') && (
              <Button
                variant="primary"
                icon={<Plus size={16} aria-hidden />}
                onClick={() => ask({ what: 'generate' })}
              >
                {words.first}
              </Button>
            )
          }
        >
          {messages.states.emptyText}
        </EmptyState>
      );
    }
    return <Figures account={slug} overview={overview} />;
  };

  return (
    <>
      <PageHeader title={words.title} description={words.text(account.name)} />
      {figures()}
      {overview && <Attention account={slug} attention={overview.attention} />}
      {log.data && log.data.pages[0] && log.data.pages[0].items.length > 0 && (
        <Card
          title={words.latest}
          actions={
            <Link to="/a/$account/audit" params={{ account: slug }} className={styles.link}>
              {words.wholeLog}
            </Link>
          }
        >
          <AuditEvents label={words.latest} events={log.data.pages[0].items} without="details" />
        </Card>
      )}
      {dialogs}
    </>
  );
}
