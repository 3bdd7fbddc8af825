import { useState } from 'react';
import { readFailure } from '../../lib/failure.ts';
import type { Factors } from '../../lib/failure.ts';

/**
 * The second step of a form that signs in: it begins when the API asks for a second factor.
 *
 * @param onWrong told when the code that was sent is not taken
 */
export function useSecondFactor(onWrong: () => void) {
  const [factors, setFactors] = useState<Factors | null>(null);
  return {
    /** Whether a second factor is asked for. */
    asked: factors !== null,
    /** What the person has, of which one is enough. */
    factors: factors ?? [],
    back: () => setFactors(null),
    /** Signs in; `null` when it needs a second factor, or another one. */
    async send<T>(signIn: () => Promise<T>): Promise<T | null> {
      try {
        return await signIn();
      } catch (error) {
        const failure = readFailure(error);
        if (failure.code !== 'SECOND_FACTOR_REQUIRED') throw error;
        if (factors) onWrong();
        setFactors(failure.factors ?? []);
        return null;
      }
    },
  };
}
