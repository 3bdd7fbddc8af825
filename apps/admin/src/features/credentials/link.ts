import type { Credential, CredentialOffer } from '@latchkey/ui/reveal-token';

/** What is said of the link in the address: `null` once it is gone, whatever became of it. */
export type Answer<T> = Promise<T | null>;

async function ask<T>(path: string, method: 'GET' | 'POST'): Answer<T> {
  const answer = await fetch(path, {
    method,
    headers: { accept: 'application/json' },
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  if (answer.status === 410 || answer.status === 404) return null;
  if (!answer.ok) throw new Error();
  return (await answer.json()) as T;
}

const rest = (linkToken: string) => `/v1/credentials/${encodeURIComponent(linkToken)}`;

/** The link token of `/credentials/{link token}`. */
export function readLinkToken(pathname: string): string {
  const segment = pathname.replace(/^\/credentials\//, '').replace(/\/$/, '');
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Says whose credential the link delivers; consumes nothing. */
export function previewLink(linkToken: string): Answer<CredentialOffer> {
  return ask(rest(linkToken), 'GET');
}

/** Redeems the link: the first to ask receives the token. */
export function redeemLink(linkToken: string): Answer<Credential> {
  return ask(`${rest(linkToken)}/redeem`, 'POST');
}
