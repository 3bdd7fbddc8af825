let code: string | null = null;

/**
 * Takes the set-up code out of the address `/setup#{code}`, where it would stay in the history, and
 * keeps it for as long as the page is open. To be called before the router reads the address.
 */
export function takeSetUpCode() {
  if (location.pathname !== '/setup' || location.hash.length < 2) return;
  code = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname);
}

export const readSetUpCode = () => code;
