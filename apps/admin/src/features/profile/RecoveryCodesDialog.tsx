import { useState } from 'react';
import type { ReactNode } from 'react';
import { ConfirmDialog, Dialog } from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { useStake } from '../../lib/use-stake.ts';
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
  const stake = useStake(dialog.open, () => dialog.onOpenChange(false));
  const isOver = codes.length > 0;

  const show: Steps['show'] = async (call) => {
    const answer = await stake.waitFor(call, ({ recoveryCodes }) => recoveryCodes.length > 0);
    setCodes(answer.recoveryCodes);
    onChanged();
    return answer;
  };

  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? dialog.onOpenChange(true) : stake.requestClose())}
        title={isOver ? words.codes : title}
        description={isOver ? undefined : description}
        size="sm"
        closeOnOutsideClick={false}
        busy={stake.coming}
      >
        {isOver ? (
          <RecoveryCodes codes={codes} onKept={stake.kept} onClose={stake.requestClose} />
        ) : (
          children({ show, cancel: stake.requestClose })
        )}
      </Dialog>
      <ConfirmDialog
        open={stake.asking}
        onOpenChange={(asking) => {
          if (!asking) stake.stay();
        }}
        title={words.unkeptTitle}
        description={words.unkeptText}
        cancelLabel={words.unkeptBack}
        confirmLabel={words.unkeptClose}
        onConfirm={stake.leave}
      />
    </>
  );
}
