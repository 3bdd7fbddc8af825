import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import {
  Button,
  ConfirmDialog,
  CopyButton,
  Dialog,
  DialogBody,
  DialogFooter,
  Notice,
  TextField,
  useLatchkey,
} from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { useStake } from '../../lib/use-stake.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Webhooks.module.css';

interface SecretDialogProps extends DialogState {
  readonly title: ReactNode;
  /**
   * What leads to the secret. `ask` runs the request for it: nothing closes meanwhile, and the secret that it gives is
   * shown, this once.
   */
  readonly children: (
    ask: (request: () => Promise<string>) => Promise<void>,
    close: () => void,
  ) => ReactNode;
}

/** A dialog that ends in a signing secret: it does not go before that is copied. */
export function SecretDialog({ title, children, ...dialog }: SecretDialogProps) {
  const { open, onOpenChange } = dialog;
  const words = useWords().webhooks;
  const { messages } = useLatchkey();
  const [secret, setSecret] = useState<string | null>(null);
  const stake = useStake(open, () => onOpenChange(false));

  const ask = async (request: () => Promise<string>) => setSecret(await stake.waitFor(request()));

  return (
    <>
      <Dialog
        {...dialog}
        onOpenChange={(next) => (next ? onOpenChange(true) : stake.requestClose())}
        title={secret === null ? title : words.secretTitle}
        closeOnOutsideClick={false}
        busy={stake.coming}
      >
        {secret === null ? (
          children(ask, stake.requestClose)
        ) : (
          <SecretStep secret={secret} onCopied={stake.kept} onClose={stake.requestClose} />
        )}
      </Dialog>
      <ConfirmDialog
        open={stake.asking}
        onOpenChange={(asking) => {
          if (!asking) stake.stay();
        }}
        title={words.uncopiedTitle}
        description={words.uncopiedText}
        cancelLabel={messages.link.uncopiedBack}
        confirmLabel={messages.link.uncopiedClose}
        onConfirm={stake.leave}
      />
    </>
  );
}

function SecretStep(props: {
  readonly secret: string;
  readonly onCopied: () => void;
  readonly onClose: () => void;
}) {
  const { secret, onCopied, onClose } = props;
  const words = useWords().webhooks;
  const { messages } = useLatchkey();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <DialogBody>
        <p>{words.secretText}</p>
        <div className={styles.secret}>
          <TextField
            ref={field}
            className={styles.field}
            label={words.secret}
            mono
            readOnly
            dir="ltr"
            spellCheck={false}
            value={secret}
            onFocus={(event) => event.currentTarget.select()}
            onClick={(event) => event.currentTarget.select()}
            onCopy={onCopied}
          />
          <CopyButton
            variant="primary"
            text={secret}
            label={words.copySecret}
            field={field}
            onCopied={onCopied}
          />
        </div>
        <Notice tone="warning">{words.secretLost}</Notice>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{messages.common.close}</Button>
      </DialogFooter>
    </>
  );
}
