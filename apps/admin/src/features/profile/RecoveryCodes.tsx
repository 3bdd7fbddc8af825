import { Download } from 'lucide-react';
import { Button, CopyButton, DialogBody, DialogFooter, Notice, useLatchkey } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import styles from './SecondFactor.module.css';

/** Hands a text to the browser as a file. */
function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The recovery codes, shown this once. @param onKept told when they were copied or downloaded */
export function RecoveryCodes(props: {
  readonly codes: readonly string[];
  readonly onKept: () => void;
  readonly onClose: () => void;
}) {
  const { codes, onKept, onClose } = props;
  const words = useWords().profile.secondFactor;
  const { messages } = useLatchkey();
  const text = `${codes.join('\n')}\n`;
  return (
    <>
      <DialogBody>
        <Notice tone="warning" title={words.codesTitle}>
          {words.codesText}
        </Notice>
        <ul className={styles.codes} aria-label={words.codes} dir="ltr">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={styles.buttons}>
          <CopyButton variant="primary" text={text} label={words.copyCodes} onCopied={onKept} />
          <Button
            icon={<Download size={16} aria-hidden />}
            onClick={() => {
              download('latchkey-recovery-codes.txt', text);
              onKept();
            }}
          >
            {words.downloadCodes}
          </Button>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{messages.common.close}</Button>
      </DialogFooter>
    </>
  );
}
