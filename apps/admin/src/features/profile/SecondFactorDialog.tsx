import { useState } from 'react';
import { ConfirmDialog, Dialog, useLinkGuard } from '@latchkey/ui';
import type { DialogState, LinkStake } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import { useLinkBlocker } from '../../lib/use-link-blocker.ts';
import { useWords } from '../../lib/words/index.ts';
import { EnrolForm } from './EnrolForm.tsx';
import type { Enrolment } from './EnrolForm.tsx';
import { ProofForm } from './ProofForm.tsx';
import type { ProofKind } from './ProofField.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** What a person wants of their second factor. */
export type SecondFactorTask = 'turnOn' | 'turnOff' | 'renewCodes';

interface SecondFactorDialogProps extends DialogState {
  readonly task: SecondFactorTask;
  readonly proof: ProofKind;
  /** Told when something has changed. */
  readonly onChanged: () => void;
}

/** Turns the second factor on or off, or replaces the recovery codes. Codes do not go before they are kept. */
export function SecondFactorDialog(props: SecondFactorDialogProps) {
  const { task, proof, onChanged, ...dialog } = props;
  const words = useWords().profile.secondFactor;
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [stake, setStake] = useState<LinkStake>('nothing');
  const close = () => dialog.onOpenChange(false);
  const guard = useLinkGuard(dialog.open ? stake : 'nothing', close);
  const blocker = useLinkBlocker(dialog.open ? stake : 'nothing');

  const show = async (call: Promise<{ recoveryCodes: readonly string[] }>) => {
    setStake('coming');
    try {
      setCodes((await call).recoveryCodes);
      setStake('uncopied');
    } catch (error) {
      setStake('nothing');
      throw error;
    }
    onChanged();
  };
  const turnOff = async (given: { password?: string; code?: string }) => {
    await api.secondFactor.turnOff.mutate(given);
    onChanged();
    close();
  };

  const titles = {
    turnOn: words.turnOnTitle,
    turnOff: words.turnOffTitle,
    renewCodes: words.renewTitle,
  } as const satisfies Record<SecondFactorTask, string>;
  const texts = {
    turnOn: words.turnOnText,
    turnOff: words.turnOffText,
    renewCodes: words.renewText,
  } as const satisfies Record<SecondFactorTask, string>;
  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? dialog.onOpenChange(true) : guard.requestClose())}
        title={codes ? words.codes : titles[task]}
        description={codes || enrolment ? undefined : texts[task]}
        size="sm"
        closeOnOutsideClick={false}
        busy={stake === 'coming'}
      >
        {codes !== null && (
          <RecoveryCodes
            codes={codes}
            onKept={() => setStake('nothing')}
            onClose={guard.requestClose}
          />
        )}
        {codes === null && enrolment !== null && (
          <EnrolForm
            enrolment={enrolment}
            onCode={(code) =>
              show(api.secondFactor.confirm.mutate({ enrolment: enrolment.enrolment, code }))
            }
            onCancel={guard.requestClose}
          />
        )}
        {codes === null && enrolment === null && task === 'turnOn' && (
          <ProofForm
            kind={proof}
            label={words.goOn}
            onProven={async (given) => setEnrolment(await api.secondFactor.begin.mutate(given))}
            onCancel={guard.requestClose}
          />
        )}
        {codes === null && task === 'renewCodes' && (
          <ProofForm
            kind={proof}
            label={words.renew}
            onProven={(given) => show(api.secondFactor.renewRecoveryCodes.mutate(given))}
            onCancel={guard.requestClose}
          />
        )}
        {task === 'turnOff' && (
          <ProofForm
            kind={proof}
            label={words.turnOff}
            tone="danger"
            onProven={turnOff}
            onCancel={guard.requestClose}
          />
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
