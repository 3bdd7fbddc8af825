import { useEffect, useRef } from 'react';
import type { ComponentProps } from 'react';
import { TextField } from '@latchkey/ui';
import type { Factors } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { takesPasskey } from './passkeys.ts';

type CodeFieldProps = Pick<ComponentProps<typeof TextField>, 'error' | 'name' | 'onBlur'> & {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Whether a recovery code is taken too. */
  readonly recovery?: boolean;
  /** What the person has besides the password: without an app, only a recovery code is a code. */
  readonly factors?: Factors;
};

const app: Factors = ['app'];

/** Asks for the code that the authenticator app shows, and takes the focus unless a passkey goes before it. */
export function CodeField({ recovery = true, factors = app, ...field }: CodeFieldProps) {
  const words = useWords().session;
  const input = useRef<HTMLInputElement>(null);
  const isFirst = !takesPasskey(factors);
  const hasApp = factors.includes('app');
  const hint = recovery ? words.codeOrRecovery : words.codeHint;
  useEffect(() => {
    if (!isFirst) return;
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isFirst]);
  return (
    <TextField
      {...field}
      ref={input}
      label={hasApp ? words.code : words.recoveryCode}
      hint={hasApp ? hint : words.recoveryHint}
      autoComplete="one-time-code"
      inputMode={recovery ? 'text' : 'numeric'}
      autoCapitalize="none"
      spellCheck={false}
      mono
      required
    />
  );
}
