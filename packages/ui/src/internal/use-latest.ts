import { useCallback, useLayoutEffect, useRef } from 'react';

/** A callback that never changes and always does what the newest one does. For events, not for drawing. */
export function useLatest<Args extends readonly unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
