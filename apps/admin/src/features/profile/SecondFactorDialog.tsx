import { useState } from 'react';
import type { DialogState } from '@latchkey/ui';
import { useToast } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { EnrolForm } from './EnrolForm.tsx';
import type { Enrolment } from './EnrolForm.tsx';
import { ProofForm } from './ProofForm.tsx';
import type { Proof, ProofKind } from './ProofField.tsx';
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx';

/** What a person wants of their second factor. */
export type SecondFactorTask = 'turnOn' | 'turnOff' | 'renewCodes';

interface SecondFactorDialogProps extends DialogState {
  readonly task: SecondFactorTask;
  readonly proof: ProofKind;
  /** Whether the person has passkeys, which are asked for without the app too. */
  readonly hasPasskeys: boolean;
  /** Told when something has changed. */
  readonly onChanged: () => void;
}

/** Turns the authenticator app on or off, or replaces the recovery codes. */
export function SecondFactorDialog(props: SecondFactorDialogProps) {
  const { task, proof, hasPasskeys, onChanged, ...dialog } = props;
  const words = useWords().profile.secondFactor;
  const toast = useToast();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const close = () => dialog.onOpenChange(false);

  const turnOff = async (given: Proof) => {
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
    turnOff: hasPasskeys ? words.lastsText : words.turnOffText,
    renewCodes: words.renewText,
  } as const satisfies Record<SecondFactorTask, string>;
  return (
    <RecoveryCodesDialog
      {...dialog}
      title={titles[task]}
      description={enrolment ? undefined : texts[task]}
      onChanged={onChanged}
    >
      {({ show, cancel }) => {
        if (enrolment !== null) {
          return (
            <EnrolForm
              enrolment={enrolment}
              onCode={async (code) => {
                const given = { enrolment: enrolment.enrolment, code };
                const { recoveryCodes } = await show(api.secondFactor.confirm.mutate(given));
                if (recoveryCodes.length > 0) return;
                toast({ title: words.turnedOn, description: words.turnedOnText });
                close();
              }}
              onCancel={cancel}
            />
          );
        }
        if (task === 'turnOn') {
          return (
            <ProofForm
              kind={proof}
              label={words.goOn}
              onProven={async (given) => setEnrolment(await api.secondFactor.begin.mutate(given))}
              onCancel={cancel}
            />
          );
        }
        if (task === 'turnOff') {
          return (
            <ProofForm
              kind={proof}
              label={words.turnOff}
              tone="danger"
              onProven={turnOff}
              onCancel={cancel}
            />
          );
        }
        return (
          <ProofForm
            kind={proof}
            label={words.renew}
            onProven={async (given) => {
              await show(api.secondFactor.renewRecoveryCodes.mutate(given));
            }}
            onCancel={cancel}
          />
        );
      }}
    </RecoveryCodesDialog>
  );
}
