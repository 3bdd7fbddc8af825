import { useCallback, useEffect, useRef, useState } from 'react';

export interface Action<Args extends readonly unknown[], Result> {
  readonly pending: boolean;
  /** What went wrong the last time, in words for people; null when nothing did. */
  readonly error: string | null;
  /** Runs it, unless it is running already. Answers whether it was done, and with what. */
  run(...args: Args): Promise<{ done: true; value: Result } | { done: false }>;
  reset(): void;
}

/**
 * Wraps an asynchronous callback so that a second call while the first runs does nothing: a double
 * click on a destructive button fires once.
 *
 * @param fallback what to say when the rejection carries no message
 */
export function useAction<Args extends readonly unknown[], Result>(
  callback: (...args: Args) => Result | Promise<Result>,
  fallback: string,
): Action<Args, Result> {
  const running = useRef(false);
  const mounted = useRef(true);
  const [state, setState] = useState<{ pending: boolean; error: string | null }>({
    pending: false,
    error: null,
  });

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = async (...args: Args): Promise<{ done: true; value: Result } | { done: false }> => {
    if (running.current) return { done: false };
    running.current = true;
    setState({ pending: true, error: null });
    try {
      const value = await callback(...args);
      if (mounted.current) setState({ pending: false, error: null });
      return { done: true, value };
    } catch (reason) {
      const message = reason instanceof Error && reason.message ? reason.message : fallback;
      if (mounted.current) setState({ pending: false, error: message });
      return { done: false };
    } finally {
      running.current = false;
    }
  };

  const reset = useCallback(() => setState({ pending: false, error: null }), []);

  return { ...state, run, reset };
}
