import { useState } from 'react';
import { isWithinADay } from '../api-key/rules.ts';
import type { ApiKey, KeyStatus } from '../api-key/types.ts';
import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { Notice } from '../notice/Notice.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './BulkStatusConfirm.module.css';

type ChosenKey = Pick<ApiKey, 'id' | 'name' | 'lastUsedAt'>;

interface Failed {
  readonly apiKey: ChosenKey;
  readonly reason: string;
}

export interface BulkStatusConfirmProps extends DialogState {
  /** What the keys are to become. */
  readonly status: KeyStatus;
  readonly apiKeys: readonly ChosenKey[];
  /** Changes one key. A rejection says why it could not; the others are changed all the same. */
  readonly onChangeOne: (apiKey: ChosenKey) => unknown;
  /** Once all were tried: those that were changed. The dialog stays open for the rest, if there is any. */
  readonly onChanged: (ids: readonly string[]) => void;
}

/** How many names are listed before the rest is but counted. */
const listed = 6;

/**
 * Switches several keys on or off, one after the other, and says how far it has come. When some could not
 * be changed it names them, says why, and tries those again.
 */
export function BulkStatusConfirm(props: BulkStatusConfirmProps) {
  const { status, apiKeys, onChangeOne, onChanged, onOpenChange, ...dialog } = props;
  const { messages, now } = useLatchkey();
  const words = messages[status === 'active' ? 'activate' : 'deactivate'];
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [tried, setTried] = useState(0);
  const left = failed.length > 0 ? failed.map(({ apiKey }) => apiKey) : apiKeys;
  const inUse = left.filter(({ lastUsedAt }) => isWithinADay(lastUsedAt, now())).length;

  const changeAll = async () => {
    const failures: Failed[] = [];
    for (const [index, apiKey] of left.entries()) {
      setTried(index);
      try {
        await onChangeOne(apiKey);
      } catch (error) {
        const told = error instanceof Error && error.message;
        failures.push({ apiKey, reason: told || messages.common.unknownError });
      }
    }
    setFailed(failures);
    const changed = left.filter(({ id }) => failures.every(({ apiKey }) => apiKey.id !== id));
    onChanged(changed.map(({ id }) => id));
    if (failures.length > 0) {
      throw new Error(messages.bulk.partly(apiKeys.length - failures.length, apiKeys.length));
    }
  };

  return (
    <ConfirmDialog
      {...dialog}
      onOpenChange={(open) => {
        onOpenChange(open);
        if (!open) setFailed([]);
      }}
      tone={status === 'active' ? 'neutral' : 'danger'}
      title={words.titleMany(left.length)}
      description={words.textMany}
      confirmLabel={failed.length > 0 ? messages.common.retry : words.confirm}
      pendingLabel={messages.bulk.progress(tried + 1, left.length)}
      cancelLabel={failed.length > 0 ? messages.common.close : undefined}
      onConfirm={changeAll}
    >
      {failed.length > 0 && <p className={styles.heading}>{messages.bulk.failed}</p>}
      <ul className={styles.keys}>
        {(failed.length > 0 ? failed : apiKeys.map((apiKey) => ({ apiKey, reason: '' })))
          .slice(0, listed)
          .map(({ apiKey, reason }) => (
            <li key={apiKey.id} className={styles.key}>
              <bdi>{apiKey.name}</bdi>
              {reason !== '' && <span className={styles.reason}>{reason}</span>}
            </li>
          ))}
        {left.length > listed && <li>{messages.bulk.more(left.length - listed)}</li>}
      </ul>
      {status === 'inactive' && failed.length === 0 && inUse > 0 && (
        <Notice tone="warning">{messages.bulk.inUse(inUse)}</Notice>
      )}
    </ConfirmDialog>
  );
}
