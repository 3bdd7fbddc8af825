import { useEffect, useRef, useState } from 'react';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import type { Words } from '../../lib/words/index.ts';
import { useWords } from '../../lib/words/index.ts';
import { offerPasskeys, PasskeyError, provePasskey } from './passkeys.ts';
import type { PasskeyProof } from './passkeys.ts';

/** What to say of what failed: in the browser, or at the API. */
export function describeFault(error: unknown, words: Words): string {
  if (error instanceof PasskeyError) return words.session.passkey.faults[error.fault];
  return describeFailure(readFailure(error), words);
}

/** What to say when nobody was signed in with a passkey. */
function describeSignIn(error: unknown, words: Words): string {
  const wrong = ['UNAUTHENTICATED', 'SECOND_FACTOR_REQUIRED'];
  return wrong.includes(readFailure(error).code)
    ? words.session.passkey.wrong
    : describeFault(error, words);
}

/**
 * Signs in with a passkey: when it is pressed for, and by the browser's own suggestions at the fields, until one of them was refused.
 *
 * @param offered whether fields are shown at which the browser may suggest passkeys
 */
export function usePasskey(offered: boolean, signIn: (proof: PasskeyProof) => Promise<void>) {
  const words = useWords();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);

  const run = async (asked: Promise<PasskeyProof>, by: 'button' | 'suggestion') => {
    setPending(true);
    setProblem(null);
    try {
      await signIn(await asked);
    } catch (error) {
      setProblem(describeSignIn(error, words));
      if (by === 'suggestion') setRefused(true);
    } finally {
      setPending(false);
    }
  };

  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  // A browser that chooses by itself would choose what was refused again and again.
  const offering = offered && !pending && !refused;
  useEffect(() => {
    if (!offering) return;
    const ended = new AbortController();
    const offer = async () => {
      // Nobody asked for it: when it cannot be offered, there is still the button.
      const proof = await offerPasskeys(ended.signal).catch(() => null);
      if (proof) await latest.current(Promise.resolve(proof), 'suggestion');
    };
    void offer();
    return () => ended.abort();
  }, [offering]);

  return {
    pending,
    problem,
    forget: () => setProblem(null),
    ask: () => void run(provePasskey(), 'button'),
  };
}
