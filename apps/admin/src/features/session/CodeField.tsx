import { useEffect, useRef } from 'react';
import type { ComponentProps } from 'react';
import { TextField } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';

type CodeFieldProps = Pick<ComponentProps<typeof TextField>, 'error' | 'name' | 'onBlur'> & {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Whether a recovery code is taken too. */
  readonly recovery?: boolean;
};

/** Asks for the code that the authenticator app shows, and takes the focus: nothing else is to be done. */
export function CodeField({ recovery = true, ...field }: CodeFieldProps) {
  const words = useWords().session;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <TextField
      {...field}
      ref={input}
      label={words.code}
      hint={recovery ? words.codeOrRecovery : words.codeHint}
      autoComplete="one-time-code"
      inputMode={recovery ? 'text' : 'numeric'}
      autoCapitalize="none"
      spellCheck={false}
      mono
      required
    />
  );
}
