import { lazy, Suspense, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Badge, Button, Card, Notice, useLatchkey } from '@latchkey/ui';
import type { Profile } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';
import { proofKindOf } from './ProofField.tsx';
import { profileQuery } from './queries.ts';
import type { SecondFactorTask } from './SecondFactorDialog.tsx';

const SecondFactorDialog = lazy(async () => ({
  default: (await import('./SecondFactorDialog.tsx')).SecondFactorDialog,
}));

/** So many recovery codes, or fewer, are few. */
const few = 3;

/** Whether codes of an authenticator app are asked for, the recovery codes, and how to change that. */
export function SecondFactorCard({ profile }: { readonly profile: Profile }) {
  const words = useWords().profile.secondFactor;
  const { format } = useLatchkey();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<{ task: SecondFactorTask; time: number } | null>(null);
  const [open, setOpen] = useState(false);
  const { secondFactor } = profile;
  const appSince = secondFactor?.appSince ?? null;

  const ask = (task: SecondFactorTask) => {
    setAsked((before) => ({ task, time: (before?.time ?? 0) + 1 }));
    setOpen(true);
  };

  return (
    <Card
      className={styles.wide}
      title={words.title}
      description={words.text}
      actions={
        appSince !== null && (
          // The card's header would stretch it to the height of the words beside it.
          <div>
            <Badge tone="success" icon={<ShieldCheck size={14} aria-hidden />}>
              {words.on}
            </Badge>
          </div>
        )
      }
    >
      {appSince !== null && <p>{words.since(format.date(appSince))}</p>}
      {secondFactor && secondFactor.recoveryCodesLeft > few && (
        <p>{words.codesLeft(format.number(secondFactor.recoveryCodesLeft))}</p>
      )}
      {secondFactor && secondFactor.recoveryCodesLeft <= few && (
        <Notice tone="warning">
          {words.codesLeft(format.number(secondFactor.recoveryCodesLeft))}
        </Notice>
      )}
      <div className={styles.buttons}>
        {secondFactor && <Button onClick={() => ask('renewCodes')}>{words.renew}</Button>}
        {appSince === null ? (
          <Button onClick={() => ask('turnOn')}>{words.turnOn}</Button>
        ) : (
          <Button onClick={() => ask('turnOff')}>{words.turnOff}</Button>
        )}
      </div>
      {asked && (
        <Suspense fallback={null}>
          <SecondFactorDialog
            key={asked.time}
            open={open}
            onOpenChange={setOpen}
            task={asked.task}
            proof={proofKindOf(profile)}
            hasPasskeys={(secondFactor?.passkeys ?? 0) > 0}
            onChanged={() =>
              void queryClient.invalidateQueries({ queryKey: profileQuery.queryKey })
            }
          />
        </Suspense>
      )}
    </Card>
  );
}
