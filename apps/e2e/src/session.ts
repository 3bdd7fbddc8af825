import type { Page } from '@playwright/test';

import { owner } from './latchkey.ts';
import type { Latchkey } from './latchkey.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The owner whom {@link owner} brings about. */
export const ownerCredentials: Credentials = {
  email: owner.LATCHKEY_OWNER_EMAIL,
  password: owner.LATCHKEY_OWNER_PASSWORD,
};

/** Speaks the REST contract as a person. */
export interface Session {
  /** Sends a JSON body and returns the answer, whatever its status. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends a JSON body and reads the answer. @throws when the answer is a refusal */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** What makes a browser be signed in as well. */
  readonly cookies: readonly Cookie[];
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
}

/** Signs a person in as a script does; the owner when nobody else is named. */
export async function signIn(
  { url }: Pick<Latchkey, 'url'>,
  credentials = ownerCredentials,
): Promise<Session> {
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (!answer.ok) throw new Error(`${credentials.email} could not sign in: ${answer.status}`);
  return sessionOf(url, answer);
}

/**
 * Ends a session while the next request of a page to a procedure is on its way, which is then the first to find out. A session that ends
 * before may be noticed by the page itself, which asks its person to sign in before anything can be pressed.
 */
export async function endOnCall(page: Page, session: Session, procedure: string): Promise<void> {
  await page.route(
    (url) => url.pathname === `/trpc/${procedure}`,
    async (route) => {
      await session.send('DELETE', '/v1/session');
      await route.continue();
    },
    { times: 1 },
  );
}

/** The session that an answer began by setting its cookies. */
export function sessionOf(url: string, answer: Response): Session {
  const cookies = answer.headers.getSetCookie().map((line): Cookie => {
    const [pair = ''] = line.split(';');
    const end = pair.indexOf('=');
    return { name: pair.slice(0, end), value: pair.slice(end + 1), url };
  });
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${url}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  return {
    cookies,
    send,
    async ask<T>(method: string, path: string, body?: unknown) {
      const given = await send(method, path, body);
      const text = await given.text();
      if (!given.ok) throw new Error(`${method} ${path}: ${given.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}
