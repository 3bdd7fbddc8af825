import { useState } from 'react';
import { readFailure } from '../../lib/failure.ts';

/**
 * The second step of a form that signs in: it begins when the API asks for a code.
 *
 * @param onWrong told when the code that was sent is not taken
 */
export function useSecondFactor(onWrong: () => void) {
  const [asked, setAsked] = useState(false);
  return {
    /** Whether the code is asked for. */
    asked,
    back: () => setAsked(false),
    /** Signs in; `null` when it needs a code, or another one. */
    async send<T>(signIn: () => Promise<T>): Promise<T | null> {
      try {
        return await signIn();
      } catch (error) {
        if (readFailure(error).code !== 'SECOND_FACTOR_REQUIRED') throw error;
        if (asked) onWrong();
        setAsked(true);
        return null;
      }
    },
  };
}
