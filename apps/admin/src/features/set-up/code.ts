import { createStore, useStore } from '../../lib/store.ts';

const code = createStore<string | null>(null);

/**
 * Takes the set-up code out of the address `/setup#{code}`, where it would stay in the history, and
 * keeps it for as long as the page is open. To be called before the router reads the address.
 */
function takeSetUpCode() {
  if (location.pathname !== '/setup' || location.hash.length < 2) return;
  code.set(location.hash.slice(1));
  history.replaceState(history.state, '', location.pathname);
}

/**
 * Takes the set-up code now, and whenever the address gets one: in a tab that was at the set-up page
 * without it, the browser does not load the page anew.
 */
export function watchSetUpCode() {
  takeSetUpCode();
  addEventListener('hashchange', takeSetUpCode);
}

export const useSetUpCode = () => useStore(code);
