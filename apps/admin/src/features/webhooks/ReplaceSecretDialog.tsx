import { useState } from 'react';
import { Button, DialogBody, DialogFooter, Notice, useLatchkey } from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { SecretDialog } from './SigningSecret.tsx';

/** Replaces a webhook's secret, and shows the new one. @param onReplace rejects with what to tell */
export function ReplaceSecretDialog({
  onReplace,
  ...dialog
}: DialogState & { readonly onReplace: () => Promise<string> }) {
  const words = useWords().webhooks;
  return (
    <SecretDialog {...dialog} title={words.replaceSecret}>
      {(ask, close) => <Question onConfirm={() => ask(onReplace)} onClose={close} />}
    </SecretDialog>
  );
}

function Question(props: {
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { onConfirm, onClose } = props;
  const words = useWords().webhooks;
  const { messages } = useLatchkey();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async () => {
    setPending(true);
    setProblem(null);
    try {
      await onConfirm();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : messages.common.unknownError);
      setPending(false);
    }
  };
  return (
    <>
      <DialogBody>
        <p>{words.replaceText}</p>
        {problem !== null && (
          <Notice tone="danger" role="alert" title={messages.confirm.failed}>
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={pending} onClick={onClose}>
          {messages.common.cancel}
        </Button>
        <Button variant="primary" pending={pending} onClick={confirm}>
          {words.replaceSecret}
        </Button>
      </DialogFooter>
    </>
  );
}
