import { owner } from './latchkey.ts';
import type { Latchkey } from './latchkey.ts';

/** Speaks the REST contract as the owner. */
export interface Session {
  /** Sends a JSON body and returns the answer, whatever its status. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Signs the owner in as a script does. */
export async function signIn({ url }: Latchkey): Promise<Session> {
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: owner.LATCHKEY_OWNER_EMAIL,
      password: owner.LATCHKEY_OWNER_PASSWORD,
    }),
  });
  if (!answer.ok) throw new Error(`The owner could not sign in: ${answer.status}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    send: (method, path, body) =>
      fetch(`${url}${path}`, {
        method,
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
