import { lazy, Suspense, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { Button, Card, ErrorState, Notice, Skeleton, useLatchkey } from '@latchkey/ui';
import type { Passkey, Profile } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { hasPasskeys } from '../session/passkeys.ts';
import type { PasskeyTask } from './PasskeyDialog.tsx';
import styles from './Profile.module.css';
import { proofKindOf } from './ProofField.tsx';
import { passkeysQuery, profileQuery } from './queries.ts';

const PasskeyDialog = lazy(async () => ({
  default: (await import('./PasskeyDialog.tsx')).PasskeyDialog,
}));

/** What the person signs in with in the place of the password. */
export function PasskeysCard({ profile }: { readonly profile: Profile }) {
  const allWords = useWords();
  const words = allWords.profile.passkeys;
  const queryClient = useQueryClient();
  const listed = useQuery(passkeysQuery);
  // It stays while its dialog closes.
  const [asked, setAsked] = useState<{ task: PasskeyTask; time: number } | null>(null);
  const [open, setOpen] = useState(false);

  const ask = (task: PasskeyTask) => {
    setAsked((before) => ({ task, time: (before?.time ?? 0) + 1 }));
    setOpen(true);
  };

  const passkeys = listed.data ?? [];
  return (
    <Card className={styles.wide} title={words.title} description={words.text}>
      {listed.isError && !listed.data && (
        <ErrorState title={words.failed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && <Skeleton height="56px" />}
      {listed.data?.length === 0 && <p>{words.empty}</p>}
      {passkeys.length > 0 && (
        <ul className={styles.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={styles.item}>
              <KeyRound size={20} aria-hidden className={styles.icon} />
              <PasskeyFacts passkey={passkey} />
              <div className={styles.buttons}>
                <Button
                  size="sm"
                  aria-label={words.renameOf(passkey.name)}
                  onClick={() => ask({ name: 'rename', passkey })}
                >
                  {words.rename}
                </Button>
                <Button
                  size="sm"
                  aria-label={words.removeOf(passkey.name)}
                  onClick={() => ask({ name: 'remove', passkey })}
                >
                  {words.remove}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {hasPasskeys() ? (
        <div className={styles.buttons}>
          <Button onClick={() => ask({ name: 'add' })}>{words.add}</Button>
        </div>
      ) : (
        <Notice>{words.unsupported}</Notice>
      )}
      {asked && (
        <Suspense fallback={null}>
          <PasskeyDialog
            key={asked.time}
            open={open}
            onOpenChange={setOpen}
            task={asked.task}
            proof={proofKindOf(profile)}
            isLast={profile.hasPassword && passkeys.length === 1 && !profile.secondFactor?.appSince}
            onChanged={() =>
              void queryClient.invalidateQueries({ queryKey: profileQuery.queryKey })
            }
          />
        </Suspense>
      )}
    </Card>
  );
}

function PasskeyFacts({ passkey }: { readonly passkey: Passkey }) {
  const { format } = useLatchkey();
  const words = useWords().profile.passkeys;
  const { createdAt, lastUsedAt, name } = passkey;
  return (
    <div className={styles.facts}>
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.detail}>
        {lastUsedAt === null ? (
          <span>{words.neverUsed}</span>
        ) : (
          <time dateTime={lastUsedAt} title={format.dateTime(lastUsedAt)}>
            {words.lastUsed(format.relative(lastUsedAt))}
          </time>
        )}
        <time dateTime={createdAt}>{words.createdOn(format.date(createdAt))}</time>
      </span>
    </div>
  );
}
