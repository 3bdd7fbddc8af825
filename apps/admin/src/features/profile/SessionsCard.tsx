import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor } from 'lucide-react';
import {
  Badge,
  Button,
  Card,
  ConfirmDialog,
  ErrorState,
  Skeleton,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Session } from '../../lib/api.ts';
import { describeFailure, readFailure, tell } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';
import { sessionsQuery } from './queries.ts';
import { useDeviceName } from './use-device-name.ts';

/** Where the person is signed in: they end what they do not know. */
export function SessionsCard() {
  const allWords = useWords();
  const words = allWords.profile.sessions;
  const queryClient = useQueryClient();
  const toast = useToast();
  const listed = useQuery(sessionsQuery);
  // Which one to end; `others` for all but this one. It stays while its dialog closes.
  const [asked, setAsked] = useState<Session | 'others' | null>(null);
  const [open, setOpen] = useState(false);
  const describe = useDeviceName();

  const ask = (what: Session | 'others') => {
    setAsked(what);
    setOpen(true);
  };
  const end = async () => {
    if (asked === null) return;
    const call =
      asked === 'others'
        ? api.sessions.endOthers.mutate()
        : api.sessions.end.mutate({ id: asked.id });
    try {
      await tell(call, allWords);
    } finally {
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    }
    toast({ title: asked === 'others' ? words.othersEnded : words.ended });
  };

  const sessions = listed.data ?? [];
  return (
    <Card
      className={styles.wide}
      title={words.title}
      description={words.text}
      actions={
        sessions.length > 1 && (
          // The card's header would stretch it to the height of the words beside it.
          <div>
            <Button onClick={() => ask('others')}>{words.endOthers}</Button>
          </div>
        )
      }
    >
      {listed.isError && !listed.data && (
        <ErrorState title={words.failed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && <Skeleton height="96px" />}
      {listed.data && (
        <ul className={styles.list}>
          {sessions.map((session) => (
            <li key={session.id} className={styles.item}>
              <Monitor size={20} aria-hidden className={styles.icon} />
              <SessionFacts session={session} name={describe(session)} />
              {session.current ? (
                <Badge tone="success">{words.current}</Badge>
              ) : (
                <Button
                  size="sm"
                  aria-label={words.endOf(describe(session))}
                  onClick={() => ask(session)}
                >
                  {words.end}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={asked === 'others' ? words.endOthersTitle : words.endTitle}
        description={
          asked === null || asked === 'others'
            ? words.endOthersText
            : words.endText(describe(asked))
        }
        confirmLabel={asked === 'others' ? words.endOthers : words.end}
        onConfirm={end}
      />
    </Card>
  );
}

function SessionFacts({ session, name }: { readonly session: Session; readonly name: string }) {
  const { format } = useLatchkey();
  const words = useWords().profile.sessions;
  const { createdAt, from, lastActiveAt } = session;
  return (
    <div className={styles.facts}>
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.detail}>
        {from !== null && <span dir="ltr">{from}</span>}
        <time dateTime={lastActiveAt} title={format.dateTime(lastActiveAt)}>
          {words.lastActive(format.relative(lastActiveAt))}
        </time>
        <time dateTime={createdAt}>{words.since(format.dateTime(createdAt))}</time>
      </span>
    </div>
  );
}
