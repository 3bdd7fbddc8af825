import { useState } from 'react';
import {
  Button,
  CopyButton,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  useLatchkey,
} from '@latchkey/ui';
import type { Answers } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from '../session/CodeField.tsx';
import { wrongProof } from './ProofField.tsx';
import { QrCode } from './QrCode.tsx';
import styles from './SecondFactor.module.css';

export type Enrolment = Answers['secondFactor']['begin'];

/** Shows the secret for the authenticator app, to scan or to type, and asks for its first code. */
export function EnrolForm(props: {
  readonly enrolment: Enrolment;
  readonly onCode: (code: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { enrolment, onCode, onCancel } = props;
  const allWords = useWords();
  const words = allWords.profile.secondFactor;
  const { messages } = useLatchkey();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const submit = async () => {
    if (code === '') {
      setWrong(allWords.session.codeRequired);
      return;
    }
    setPending(true);
    setWrong(undefined);
    setProblem(null);
    try {
      await onCode(code);
    } catch (error) {
      const atField = wrongProof(error, allWords);
      if (atField === null) setProblem(describeFailure(readFailure(error), allWords));
      else setWrong(words.codeWrong);
      setPending(false);
    }
  };

  return (
    <DialogForm
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit();
      }}
    >
      <DialogBody>
        <p>{words.scan}</p>
        <QrCode text={enrolment.uri} label={words.qr} />
        <div className={styles.key}>
          <p>
            {words.key}
            <code className={styles.keyText} dir="ltr">
              {enrolment.key.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            </code>
          </p>
          <CopyButton text={enrolment.key} label={words.copyKey} iconOnly />
        </div>
        <CodeField recovery={false} value={code} onValueChange={setCode} error={wrong} />
        {problem !== null && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={pending} onClick={onCancel}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={pending}>
          {words.turnOn}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
