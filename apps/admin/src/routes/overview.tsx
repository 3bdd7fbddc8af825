import { useQueries, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CirclePause, KeyRound, TriangleAlert, CircleAlert } from 'lucide-react';
import { Card, ErrorState, PageHeader, Skeleton, Stat, useLatchkey } from '@latchkey/ui';
import { AuditEvents } from '../features/audit/AuditEvents.tsx';
import { auditEventsQuery } from '../features/audit/queries.ts';
import { keyCountQuery } from '../features/keys/queries.ts';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/overview/Overview.module.css';

const icon = { size: 16, 'aria-hidden': true } as const;

const figures = [
  { name: 'all', kind: {}, tone: 'neutral', icon: <KeyRound {...icon} /> },
  { name: 'active', kind: { status: 'active' }, tone: 'neutral', icon: <CircleCheck {...icon} /> },
  {
    name: 'inactive',
    kind: { status: 'inactive' },
    tone: 'neutral',
    icon: <CirclePause {...icon} />,
  },
  { name: 'due', kind: { alert: 'due' }, tone: 'warning', icon: <TriangleAlert {...icon} /> },
  { name: 'overdue', kind: { alert: 'overdue' }, tone: 'danger', icon: <CircleAlert {...icon} /> },
] as const;

/** The account's keys in figures, each of which opens the list of what it counts. */
export function Overview() {
  const allWords = useWords();
  const words = allWords.overview;
  const { format } = useLatchkey();
  usePageTitle(words.title);
  const account = useAccount();
  const { slug } = account;
  const mayView = account.can('keys.view');
  const counts = useQueries({
    queries: figures.map(({ kind }) => ({ ...keyCountQuery(slug, kind), enabled: mayView })),
  });
  const log = useInfiniteQuery({
    ...auditEventsQuery(slug, {}, 8),
    enabled: account.can('audit.view'),
  });

  if (!mayView) return <Forbidden title={words.title} />;
  const failed = counts.find((count) => count.isError && count.data === undefined);
  return (
    <>
      <PageHeader title={words.title} description={words.text(account.name)} />
      {failed ? (
        <ErrorState
          title={words.failed}
          onRetry={() => counts.forEach((count) => void count.refetch())}
        >
          {describeFailure(readFailure(failed.error), allWords)}
        </ErrorState>
      ) : (
        <ul className={styles.figures}>
          {figures.map(({ name, kind, tone, icon: mark }, index) => {
            const count = counts[index]?.data;
            return (
              <li key={name}>
                <Link
                  to="/a/$account/keys"
                  params={{ account: slug }}
                  search={kind}
                  className={styles.figure}
                >
                  <Stat
                    icon={mark}
                    label={words.figures[name]}
                    value={count === undefined ? <Skeleton width="2ch" /> : format.number(count)}
                    tone={count ? tone : 'neutral'}
                  />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      {log.data && log.data.pages[0] && log.data.pages[0].items.length > 0 && (
        <Card
          title={words.latest}
          actions={
            <Link to="/a/$account/audit" params={{ account: slug }} className={styles.link}>
              {words.wholeLog}
            </Link>
          }
        >
          <AuditEvents label={words.latest} events={log.data.pages[0].items} />
        </Card>
      )}
    </>
  );
}
