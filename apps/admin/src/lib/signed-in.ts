/** News between the windows of one browser. */
const channel = 'latchkey:signed-in';

/** Tells every other window that somebody has signed in in this one. */
export function tellSignedIn(): void {
  const news = new BroadcastChannel(channel);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it is of this origin alone
  news.postMessage(null);
  news.close();
}

/** Hears of a sign-in in another window. @returns what ends it */
export function onSignedInElsewhere(heard: () => void): () => void {
  const news = new BroadcastChannel(channel);
  news.addEventListener('message', heard);
  return () => news.close();
}
