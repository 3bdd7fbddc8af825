import { useEffect, useRef } from 'react';
import type { ComponentProps } from 'react';
import { TextField } from '@latchkey/ui';
import type { Factors } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';

type CodeFieldProps = Pick<ComponentProps<typeof TextField>, 'error' | 'name' | 'onBlur'> & {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Whether a recovery code is taken too. */
  readonly recovery?: boolean;
  /** What the person has besides the password: without an app, only a recovery code is a code. */
  readonly factors?: Factors;
};

const app: Factors = ['app'];

/** Asks for the code that the authenticator app shows, or for a recovery code, and takes the focus. */
export function CodeField({ recovery = true, factors = app, ...field }: CodeFieldProps) {
  const words = useWords().session;
  const input = useRef<HTMLInputElement>(null);
  const hasApp = factors.includes('app');
  const hint = recovery ? words.codeOrRecovery : words.codeHint;
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
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
