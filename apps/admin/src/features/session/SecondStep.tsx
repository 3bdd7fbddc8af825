import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Notice } from '@latchkey/ui';
import type { Factors } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { PasskeyButton } from './PasskeyButton.tsx';
import { takesPasskey } from './passkeys.ts';
import type { usePasskey } from './use-passkey.ts';

/** What proves a second factor, in a form that takes the code: what the person has is asked for first. */
export function SecondStep(props: {
  readonly factors: Factors;
  readonly passkey: ReturnType<typeof usePasskey>;
  /** What went wrong. */
  readonly problem: string | null;
  /** Where a code is written. */
  readonly field: ReactNode;
  /** What sends it. */
  readonly submit: ReactNode;
}) {
  const { factors, passkey, problem, field, submit } = props;
  const words = useWords().session;
  const [recovers, setRecovers] = useState(false);
  const byPasskey = takesPasskey(factors);
  const told = problem !== null && (
    <Notice tone="danger" role="alert">
      {problem}
    </Notice>
  );
  if (byPasskey && !factors.includes('app') && !recovers) {
    return (
      <>
        <PasskeyButton main label={words.passkey.use} {...passkey} />
        {told}
        {factors.includes('recovery-code') && (
          <Button
            variant="ghost"
            onClick={() => {
              passkey.forget();
              setRecovers(true);
            }}
          >
            {words.useRecoveryCode}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      {field}
      {told}
      {submit}
      {byPasskey && <PasskeyButton label={words.passkey.use} {...passkey} />}
    </>
  );
}
