import { useEffect, useState } from 'react';

interface LinkGuard {
  readonly asking: boolean;
  /** Call instead of closing: closes when nothing would be lost, asks otherwise. */
  readonly requestClose: () => void;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Warns before the page is left while `active`, in the browser's own words. */
export function useUnloadGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}

/** Asks before a link that was not copied is lost, to closing the dialog or to leaving the page. */
export function useLinkGuard(uncopied: boolean, close: () => void): LinkGuard {
  const [asking, setAsking] = useState(false);
  useUnloadGuard(uncopied);
  return {
    asking,
    requestClose: () => (uncopied ? setAsking(true) : close()),
    stay: () => setAsking(false),
    leave: () => {
      setAsking(false);
      close();
    },
  };
}
