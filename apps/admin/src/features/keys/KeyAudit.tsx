import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, ErrorState } from '@latchkey/ui';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { AuditEvents } from '../audit/AuditEvents.tsx';
import { auditEventsQuery } from '../audit/queries.ts';
import styles from './KeyPage.module.css';

/** What was done to a key of late, and the way to all of it. */
export function KeyAudit(props: { readonly keyId: string; readonly account: string }) {
  const { keyId, account } = props;
  const words = useWords();
  const log = useInfiniteQuery(auditEventsQuery(account, { keyId }, 10));
  if (log.isError && !log.data) {
    return (
      <Card title={words.key.audit}>
        <ErrorState headingLevel={3} title={words.audit.failed} onRetry={() => void log.refetch()}>
          {describeFailure(readFailure(log.error), words)}
        </ErrorState>
      </Card>
    );
  }
  const events = log.data?.pages[0]?.items ?? [];
  if (events.length === 0) return null;
  return (
    <Card
      title={words.key.audit}
      actions={
        <Link
          to="/a/$account/audit"
          params={{ account }}
          search={{ keyId }}
          className={styles.link}
        >
          {words.overview.wholeLog}
        </Link>
      }
    >
      <AuditEvents label={words.key.audit} events={events} without="subject" />
    </Card>
  );
}
