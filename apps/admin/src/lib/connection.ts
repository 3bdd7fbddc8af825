import { createStore } from './store.ts';

/** Whether the API could not be reached of late. */
export const connectionLost = createStore(false);

const every = 3000;
let timer: ReturnType<typeof setTimeout> | undefined;

async function isReachable(): Promise<boolean> {
  try {
    // Not whether it is alive: without its database it refuses everything all the same.
    return (await fetch('/readyz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

async function knock() {
  if (await isReachable()) connectionLost.set(false);
  else timer = setTimeout(() => void knock(), every);
}

/** Says so, and knocks until it is back. */
export function reportLost() {
  if (connectionLost.get()) return;
  connectionLost.set(true);
  clearTimeout(timer);
  timer = setTimeout(() => void knock(), every);
}

export function reportReached() {
  clearTimeout(timer);
  connectionLost.set(false);
}
