import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  PageHeader,
  SearchField,
  Select,
  Skeleton,
  Toolbar,
  useLatchkey,
} from '@latchkey/ui';
import { auditActions } from '../features/audit/actions.ts';
import type { AuditAction } from '../features/audit/actions.ts';
import { AuditEvents } from '../features/audit/AuditEvents.tsx';
import { auditEventsQuery } from '../features/audit/queries.ts';
import { readAuditSearch } from '../features/audit/search.ts';
import { useChainCheck } from '../features/audit/use-chain-check.tsx';
import { keyQuery } from '../features/keys/queries.ts';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/audit/Audit.module.css';

const route = getRouteApi('/a/$account/audit');

/** Who did what, filtered by the address; and whether the log is whole. */
export function AuditLog() {
  const allWords = useWords();
  const words = allWords.audit;
  const { messages } = useLatchkey();
  usePageTitle(words.title);
  const account = useAccount();
  // The router hands on what it could not read; it is left out here.
  const search = route.useSearch({
    select: (raw) => readAuditSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = route.useNavigate();
  const mayView = account.can('audit.view');
  const log = useInfiniteQuery({ ...auditEventsQuery(account.slug, search), enabled: mayView });
  const { keyId } = search;
  const key = useQuery({
    ...keyQuery(account.slug, keyId ?? ''),
    enabled: keyId !== undefined && account.can('keys.view'),
    retry: false,
  });
  const chain = useChainCheck(account.slug);

  if (!mayView) return <Forbidden title={words.title} />;
  const events = log.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(search).length > 0;
  const clear = (
    <Button onClick={() => void navigate({ search: {} })}>{messages.filters.clear}</Button>
  );

  return (
    <>
      <div>
        <PageHeader title={words.title} description={words.text} actions={chain.button} />
        {chain.result}
      </div>
      <Toolbar>
        <SearchField
          className={styles.actor}
          label={words.searchActor}
          placeholder={words.searchActor}
          value={search.actor ?? ''}
          onValueChange={(text) => {
            const { actor: _, ...rest } = search;
            const actor = text.trim();
            void navigate({ search: { ...rest, ...(actor && { actor }) }, replace: true });
          }}
        />
        <Select<AuditAction | ''>
          className={styles.filter}
          label={words.action}
          hideLabel
          value={search.action ?? ''}
          onValueChange={(action) => {
            const { action: _, ...rest } = search;
            void navigate({ search: { ...rest, ...(action && { action }) } });
          }}
          options={[
            { value: '', label: messages.filters.any(words.action) },
            ...auditActions.map((value) => ({ value, label: words.actions[value] })),
          ]}
        />
        {keyId !== undefined && <Badge tone="accent">{words.ofKey(key.data?.key ?? keyId)}</Badge>}
        {filtered && clear}
      </Toolbar>
      {log.isError && !log.data && (
        <ErrorState title={words.failed} onRetry={() => void log.refetch()}>
          {describeFailure(readFailure(log.error), allWords)}
        </ErrorState>
      )}
      {log.isPending && mayView && <Skeleton height="320px" />}
      {log.data && events.length === 0 && (
        <EmptyState
          icon={<ScrollText size={24} aria-hidden />}
          title={filtered ? words.noMatch : words.nothing}
          action={filtered && clear}
        >
          {filtered ? words.noMatchText : words.nothingText}
        </EmptyState>
      )}
      {events.length > 0 && <AuditEvents label={words.title} events={events} />}
      {log.hasNextPage && (
        <Button
          className={styles.more}
          pending={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </>
  );
}
