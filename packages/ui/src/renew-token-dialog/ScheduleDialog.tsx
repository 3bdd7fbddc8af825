import { useRef, useState } from 'react';
import { isUndelivered, tokenOf } from '../api-key/rules.ts';
import type { ApiKey, KeyCalls } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import { useAction } from '../internal/use-action.ts';
import { Notice } from '../notice/Notice.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { CompletionChoice, useCompletionProblem } from './CompletionChoice.tsx';
import type { CompletionDraft } from './CompletionChoice.tsx';

export interface ScheduleDialogProps extends DialogState {
  /** A key with a pending renewal. */
  readonly apiKey: Pick<ApiKey, 'name' | 'renewal' | 'tokens' | 'link'>;
  /** The old token's, where they are known. */
  readonly calls?: KeyCalls | 'loading' | undefined;
  /** The time at which the old token goes, or null to take a set time back. Success closes the dialog. */
  readonly onSave: (completeAt: string | null) => unknown;
}

/** Sets, changes or takes back the time at which a pending renewal completes by itself. */
export function ScheduleDialog(props: ScheduleDialogProps) {
  const { open, onOpenChange, returnFocusTo, apiKey } = props;
  const { messages } = useLatchkey();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      returnFocusTo={returnFocusTo}
      size="sm"
      title={messages.schedule.title(apiKey.name)}
    >
      <ScheduleForm {...props} />
    </Dialog>
  );
}

function ScheduleForm({ apiKey, calls, onSave, onOpenChange }: ScheduleDialogProps) {
  const { messages } = useLatchkey();
  const before = apiKey.renewal?.completeAt ?? null;
  const [draft, setDraft] = useState<CompletionDraft>({
    when: before === null ? 'later' : 'at',
    completeAt: before,
  });
  const [tried, setTried] = useState(false);
  const timeInput = useRef<HTMLInputElement>(null);
  const problem = useCompletionProblem(draft);
  const action = useAction(onSave, messages.common.unknownError);

  const save = async () => {
    setTried(true);
    if (problem) {
      timeInput.current?.focus();
      return;
    }
    const result = await action.run(draft.when === 'at' ? draft.completeAt : null);
    if (result.done) onOpenChange(false);
  };

  return (
    <>
      <DialogBody>
        <CompletionChoice
          value={draft}
          onValueChange={setDraft}
          options={['later', 'at']}
          laterWords={{
            label: messages.schedule.manual,
            description: messages.schedule.manualHint,
          }}
          error={tried && problem}
          disabled={action.pending}
          timeRef={timeInput}
        />
        {draft.when === 'at' && (
          <>
            {isUndelivered(apiKey) && <Notice tone="info">{messages.schedule.waits}</Notice>}
            <UsageImpact
              lastUsedAt={tokenOf(apiKey, 'old')?.lastUsedAt ?? null}
              calls={calls}
              warning={messages.schedule.inUse}
            />
          </>
        )}
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <Button disabled={action.pending} onClick={() => onOpenChange(false)}>
          {messages.common.cancel}
        </Button>
        <Button variant="primary" pending={action.pending} onClick={save}>
          {action.pending ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </>
  );
}
