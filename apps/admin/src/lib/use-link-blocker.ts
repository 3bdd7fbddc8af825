import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useBlocker } from '@tanstack/react-router';
import type { LinkStake } from '@latchkey/ui';

/**
 * Keeps the page while a link would be lost with it, to the browser's back button as well. Leaving is put
 * off until the link is here, and asked about then.
 */
export function useLinkBlocker(stake: LinkStake) {
  // The router takes a new function some time after it was drawn: until then, the back button would find the former stake.
  const latest = useRef(stake);
  useLayoutEffect(() => {
    latest.current = stake;
  }, [stake]);
  const shouldBlockFn = useCallback(() => latest.current !== 'nothing', []);
  const blocked = useBlocker({
    shouldBlockFn,
    enableBeforeUnload: false,
    withResolver: true,
  });
  useEffect(() => {
    if (blocked.status === 'blocked' && stake === 'nothing') blocked.proceed();
  }, [blocked, stake]);
  return {
    asking: blocked.status === 'blocked' && stake === 'uncopied',
    stay: () => blocked.reset?.(),
    leave: () => blocked.proceed?.(),
  };
}
