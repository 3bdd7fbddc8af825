import { useLayoutEffect, useState } from 'react';

/**
 * What would be lost with a dialog: nothing; the answer to a request under way, which may hold a link;
 * a link that was not copied.
 */
export type LinkStake = 'nothing' | 'coming' | 'uncopied';

interface LinkGuard {
  readonly asking: boolean;
  /** Call instead of closing: closes when nothing would be lost, and asks before a link is. While one is coming, nothing closes. */
  readonly requestClose: () => void;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Warns before the page is left while `active`, in the browser's own words: from the moment on that this shows. */
export function useUnloadGuard(active: boolean): void {
  useLayoutEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}

/** Asks before a link is lost, to closing the dialog or to leaving the page. */
export function useLinkGuard(stake: LinkStake, close: () => void): LinkGuard {
  const [asking, setAsking] = useState(false);
  useUnloadGuard(stake !== 'nothing');
  return {
    asking,
    requestClose() {
      if (stake === 'nothing') close();
      else if (stake === 'uncopied') setAsking(true);
    },
    stay: () => setAsking(false),
    leave: () => {
      setAsking(false);
      close();
    },
  };
}
