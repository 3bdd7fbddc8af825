import { useMemo } from 'react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, Clock, RotateCw, Send } from 'lucide-react';
import {
  Badge,
  Button,
  Card,
  DataGrid,
  EmptyState,
  ErrorState,
  IconButton,
  Skeleton,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import type { GridColumn } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Delivery, Webhook } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { deliveriesQuery } from './queries.ts';
import styles from './Webhooks.module.css';

const looks = {
  pending: { tone: 'neutral', Icon: Clock },
  succeeded: { tone: 'success', Icon: CircleCheck },
  failed: { tone: 'danger', Icon: CircleX },
} as const satisfies Record<Delivery['state'], object>;

/** What was sent to a webhook and what came of it, to be sent again. */
export function Deliveries({ webhook }: { readonly webhook: Pick<Webhook, 'id' | 'state'> }) {
  const { id, state } = webhook;
  const allWords = useWords();
  const words = allWords.webhooks;
  const { slug: account } = useAccount();
  const queryClient = useQueryClient();
  const toast = useToast();
  const query = deliveriesQuery(account, id);
  const listed = useInfiniteQuery(query);
  const deliveries = listed.data?.pages.flatMap(({ items }) => items) ?? [];

  const resend = async (delivery: Delivery) => {
    try {
      await api.webhooks.resend.mutate({ account, id, delivery: delivery.id });
      toast(state === 'active' ? { title: words.resent } : { title: words.waits, tone: 'info' });
    } catch (error) {
      toast({ title: describeFailure(readFailure(error), allWords), tone: 'danger' });
    }
    await queryClient.invalidateQueries({ queryKey: query.queryKey });
  };

  return (
    <Card title={words.deliveries} description={words.deliveriesText}>
      {listed.isError && !listed.data && (
        <ErrorState title={words.deliveriesFailed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && <Skeleton height="160px" />}
      {listed.data && deliveries.length === 0 && (
        <EmptyState icon={<Send size={24} aria-hidden />} title={words.noDeliveries}>
          {words.noDeliveriesText}
        </EmptyState>
      )}
      {deliveries.length > 0 && <DeliveriesGrid deliveries={deliveries} onResend={resend} />}
      {listed.hasNextPage && (
        <Button
          className={styles.more}
          pending={listed.isFetchingNextPage}
          onClick={() => void listed.fetchNextPage()}
        >
          {allWords.audit.more}
        </Button>
      )}
    </Card>
  );
}

function DeliveriesGrid(props: {
  readonly deliveries: readonly Delivery[];
  readonly onResend: (delivery: Delivery) => Promise<void>;
}) {
  const { deliveries, onResend } = props;
  const { messages, format } = useLatchkey();
  const words = useWords().webhooks;

  const columns = useMemo(
    (): readonly GridColumn<Delivery>[] => [
      {
        id: 'type',
        header: words.event,
        width: 'minmax(180px, 1.2fr)',
        card: 'title',
        cell: ({ type }) => words.events[type],
      },
      {
        id: 'outcome',
        header: words.outcome,
        width: 'minmax(220px, 1.6fr)',
        cell: (delivery) => <Outcome delivery={delivery} />,
      },
      {
        id: 'createdAt',
        header: words.when,
        // As wide as `26 nov 2026, 11:54 a.m.`
        width: 'minmax(192px, 0.9fr)',
        cell: ({ createdAt }) => (
          <time className={styles.time} dateTime={createdAt} title={format.relative(createdAt)}>
            {format.dateTime(createdAt)}
          </time>
        ),
      },
      {
        id: 'actions',
        header: messages.table.actions,
        hideHeader: true,
        width: '56px',
        card: 'corner',
        cell: (delivery) => (
          <IconButton
            label={words.resendOf(words.events[delivery.type])}
            title={words.resend}
            icon={<RotateCw size={16} aria-hidden />}
            onClick={() => onResend(delivery)}
          />
        ),
      },
    ],
    [messages, format, words, onResend],
  );

  return (
    <DataGrid
      label={words.deliveries}
      columns={columns}
      rows={deliveries}
      rowId={({ id }) => id}
      rowName={({ type, createdAt }) => `${words.events[type]}, ${format.dateTime(createdAt)}`}
      virtualFrom={Infinity}
    />
  );
}

function Outcome({ delivery }: { readonly delivery: Delivery }) {
  const { format } = useLatchkey();
  const words = useWords().webhooks;
  const { attempts, lastError, lastStatus, nextAttemptAt, state } = delivery;
  const { tone, Icon } = looks[state];
  return (
    <span className={styles.lines}>
      <span>
        <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
          {words.outcomes[state]}
        </Badge>
      </span>
      {lastStatus !== null && (
        <span className={styles.quiet}>{words.answered(String(lastStatus))}</span>
      )}
      {lastError !== null && <span className={styles.quiet}>{words.errors[lastError]}</span>}
      {attempts > 1 && (
        <span className={styles.quiet}>{words.attempts(format.number(attempts))}</span>
      )}
      {nextAttemptAt !== null && attempts > 0 && (
        <time
          className={styles.quiet}
          dateTime={nextAttemptAt}
          title={format.dateTime(nextAttemptAt)}
        >
          {words.nextAttempt(format.relative(nextAttemptAt))}
        </time>
      )}
    </span>
  );
}
