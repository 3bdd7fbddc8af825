import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for an answer.
 *
 * @param patience in milliseconds.
 * @param message of the error where it does not come in time. One that came while this process itself stood still did: it is only not
 *   read yet.
 */
export async function withinPatience<T>(
  answer: Promise<T>,
  patience: number,
  message: string,
): Promise<T> {
  const answered = new AbortController();
  const tooLong = (async () => {
    await delay(patience, undefined, { signal: answered.signal });
    await turn();
    throw new Error(message);
  })();
  // It is cancelled when the answer comes first.
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    answered.abort();
  }
}
