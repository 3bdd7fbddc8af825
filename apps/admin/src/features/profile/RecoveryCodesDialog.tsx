import { useState } from 'react';
import type { ReactNode } from 'react';
import { ConfirmDialog, Dialog, useLinkGuard } from '@latchkey/ui';
import type { DialogState, LinkStake } from '@latchkey/ui';
import { useLinkBlocker } from '../../lib/use-link-blocker.ts';
import { useWords } from '../../lib/words/index.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** What the steps of the dialog are given. */
interface Steps {
  /** Waits for an answer, and shows the recovery codes that came with it. @returns the answer */
  readonly show: <T extends { recoveryCodes: readonly string[] }>(call: Promise<T>) => Promise<T>;
  readonly cancel: () => void;
}

interface RecoveryCodesDialogProps extends DialogState {
  readonly title: string;
  readonly description?: string | undefined;
  /** Told when something has changed. */
  readonly onChanged: () => void;
  /** What comes before the codes. */
  readonly children: (steps: Steps) => ReactNode;
}

/** A dialog that may end with recovery codes, which do not go before they are kept. */
export function RecoveryCodesDialog(props: RecoveryCodesDialogProps) {
  const { title, description, onChanged, children, ...dialog } = props;
  const words = useWords().profile.secondFactor;
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [stake, setStake] = useState<LinkStake>('nothing');
  const guard = useLinkGuard(dialog.open ? stake : 'nothing', () => dialog.onOpenChange(false));
  const blocker = useLinkBlocker(dialog.open ? stake : 'nothing');
  const isOver = codes.length > 0;

  const show: Steps['show'] = async (call) => {
    setStake('coming');
    try {
      const answer = await call;
      setCodes(answer.recoveryCodes);
      setStake(answer.recoveryCodes.length > 0 ? 'uncopied' : 'nothing');
      onChanged();
      return answer;
    } catch (error) {
      setStake('nothing');
      throw error;
    }
  };

  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? dialog.onOpenChange(true) : guard.requestClose())}
        title={isOver ? words.codes : title}
        description={isOver ? undefined : description}
        size="sm"
        closeOnOutsideClick={false}
        busy={stake === 'coming'}
      >
        {isOver ? (
          <RecoveryCodes
            codes={codes}
            onKept={() => setStake('nothing')}
            onClose={guard.requestClose}
          />
        ) : (
          children({ show, cancel: guard.requestClose })
        )}
      </Dialog>
      <ConfirmDialog
        open={guard.asking || blocker.asking}
        onOpenChange={(asking) => {
          if (asking) return;
          guard.stay();
          blocker.stay();
        }}
        title={words.unkeptTitle}
        description={words.unkeptText}
        cancelLabel={words.unkeptBack}
        confirmLabel={words.unkeptClose}
        onConfirm={() => {
          blocker.leave();
          guard.leave();
        }}
      />
    </>
  );
}
