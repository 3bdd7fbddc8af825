import type { IncomingMessage } from 'node:http';

/** The headers that carry key and token, in lower case. */
export interface CredentialHeaderNames {
  key: string;
  token: string;
}

/** What a request's headers say of a credential. */
export type PresentedCredential =
  | { state: 'none' }
  | { state: 'malformed'; detail: string }
  | { state: 'presented'; key?: string; token: string };

const malformed = (detail: string) => ({ state: 'malformed', detail }) as const;

function readBasic(encoded: string): PresentedCredential {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon > 0 && colon < text.length - 1
    ? { state: 'presented', key: text.slice(0, colon), token: text.slice(colon + 1) }
    : malformed('HTTP Basic takes the key as the user and the token as the password.');
}

function readAuthorization(value: string): PresentedCredential {
  const [, scheme = '', credential = ''] = /^(\S+)\s*(.*?)\s*$/.exec(value) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return /^\S+$/.test(credential)
        ? { state: 'presented', token: credential }
        : malformed('Authorization: Bearer takes the token and nothing else.');
    case 'basic':
      return readBasic(credential);
    default:
      // Meant for somebody else.
      return { state: 'none' };
  }
}

/**
 * Reads a credential from a request's headers: the two headers, HTTP Basic, or a bearer token; the key header may stand beside one. More
 * than one way at once is no credential (RFC 6750, section 2), nor are two of one header, of which each reader would take another.
 *
 * @param names `LATCHKEY_KEY_HEADER` and `LATCHKEY_TOKEN_HEADER`.
 */
export function readCredentialHeaders(
  { headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>,
  names: CredentialHeaderNames,
): PresentedCredential {
  // A proxy may set a header from a variable that is empty.
  const read = (name: string) =>
    headersDistinct[name]?.filter((value) => value.trim() !== '') ?? [];
  const [keys, tokens, authorizations] = [
    read(names.key),
    read(names.token),
    read('authorization'),
  ];
  const isTwice = [...keys, ...tokens].some((value) => value.includes(','));
  if (isTwice || [keys, tokens, authorizations].some(({ length }) => length > 1)) {
    return malformed('A credential header stands there more than once.');
  }
  const [key] = keys;
  const [token] = tokens;
  const withKey = key === undefined ? {} : { key };
  const authorized = readAuthorization(authorizations[0] ?? '');
  if (token !== undefined) {
    return authorized.state === 'none'
      ? { state: 'presented', ...withKey, token }
      : malformed(`Send the token in ${names.token} or in Authorization, not in both.`);
  }
  if (authorized.state !== 'presented') return authorized;
  if (key !== undefined && authorized.key !== undefined && key !== authorized.key) {
    return malformed(`The key in ${names.key} is not the one in Authorization.`);
  }
  return { ...withKey, ...authorized };
}
