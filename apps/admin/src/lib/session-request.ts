/** What fetches. */
export type Request = (url: RequestInfo | URL | string, init?: RequestInit) => Promise<Response>;

/**
 * Makes the requests of whoever is signed in. When the session has ended, the person is asked to sign in, and
 * the request is made again. Not before a second try, once the changes that are under way are answered: one of
 * them, or another tab, may have renewed the session while the request went out with the former cookie.
 *
 * @param request makes one, once
 * @param askToSignIn resolves when the person has signed in, and rejects when they will not
 */
export function makeSessionRequest(request: Request, askToSignIn: () => Promise<void>): Request {
  const changes = new Set<Promise<Response>>();

  const once: Request = async (url, init) => {
    const answer = request(url, init);
    if (init?.method !== 'POST') return answer;
    changes.add(answer);
    try {
      return await answer;
    } finally {
      changes.delete(answer);
    }
  };

  const signedIn: Request = async (url, init) => {
    const first = await once(url, init);
    if (first.status !== 401) return first;
    await Promise.allSettled(changes);
    const answer = await once(url, init);
    if (answer.status !== 401) return answer;
    try {
      await askToSignIn();
    } catch {
      return answer;
    }
    return signedIn(url, init);
  };
  return signedIn;
}
