import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, DialogBody, DialogFooter, DialogForm, Notice, useLatchkey } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { describeFault } from '../session/use-passkey.ts';
import { ProofField, toProof, wrongProof } from './ProofField.tsx';
import type { Proof, ProofKind } from './ProofField.tsx';

/** The part of a dialog that asks for a proof before it goes on. */
export function ProofForm(props: {
  readonly kind: ProofKind;
  readonly label: string;
  readonly tone?: 'danger' | 'primary';
  readonly children?: ReactNode;
  readonly onProven: (proof: Proof) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { kind, label, tone = 'primary', children, onProven, onCancel } = props;
  const words = useWords();
  const { messages } = useLatchkey();
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const isTyped = kind === 'password' || kind === 'code';

  const submit = async () => {
    if (isTyped && value === '') {
      setWrong(kind === 'code' ? words.session.codeRequired : words.session.passwordRequired);
      return;
    }
    setPending(true);
    setWrong(undefined);
    setProblem(null);
    try {
      await onProven(await toProof(kind, value));
    } catch (error) {
      const atField = wrongProof(error, words);
      if (atField === null) setProblem(describeFault(error, words));
      else setWrong(atField);
    } finally {
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
        {children}
        {isTyped && <ProofField kind={kind} value={value} onValueChange={setValue} error={wrong} />}
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
        <Button type="submit" variant={tone} pending={pending}>
          {label}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}
