import { owner } from './latchkey.ts';

/** What the owner does over REST, as a script would. */
export interface Admin {
  send<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same owner, at another node. */
  at(url: string): Admin;
  /** Makes a key and redeems its link. */
  makeKey(name: string, roleIds?: readonly string[]): Promise<Credential>;
}

/** A key and its token. */
export interface Credential {
  id: string;
  key: string;
  token: string;
}

/** How long a request may take, in milliseconds. */
const patience = 20_000;

/** What was asked for was not done. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly status: number;

  constructor(asked: string, status: number, text: string) {
    super(`${asked} answered ${String(status)}: ${text}`);
    this.status = status;
  }
}

const json = { 'Content-Type': 'application/json' };

async function read<T>(asked: string, answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new RefusedError(asked, answer.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Signs the owner in. @param url any node's. */
export async function signIn(url: string): Promise<Admin> {
  const { LATCHKEY_OWNER_EMAIL: email, LATCHKEY_OWNER_PASSWORD: password } = owner;
  const session = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  });
  await read('Signing in', session.clone());
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return makeAdmin(url, cookie);
}

function makeAdmin(url: string, cookie: string): Admin {
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, ...(body !== undefined && json) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    });
    return read<T>(`${method} ${path}`, answer);
  }

  return {
    send,
    at: (other) => makeAdmin(other, cookie),
    async makeKey(name, roleIds = []) {
      const made = await send<{ key: { id: string; key: string }; link: { url: string } }>(
        'POST',
        '/v1/accounts/acme/keys',
        { name, roleIds },
      );
      const linkToken = new URL(made.link.url).pathname.split('/').at(-1) ?? '';
      const { token } = await send<{ token: string }>(
        'POST',
        `/v1/credentials/${linkToken}/redeem`,
      );
      return { id: made.key.id, key: made.key.key, token };
    },
  };
}
