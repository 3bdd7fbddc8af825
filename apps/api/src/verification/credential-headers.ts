import type { IncomingHttpHeaders } from 'node:http';

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
 * Reads a credential from a request's headers: the two headers, HTTP Basic, or a bearer token; the key header may stand beside one.
 *
 * @param names `LATCHKEY_KEY_HEADER` and `LATCHKEY_TOKEN_HEADER`.
 */
export function readCredentialHeaders(
  headers: IncomingHttpHeaders,
  names: CredentialHeaderNames,
): PresentedCredential {
  const key = headers[names.key];
  const token = headers[names.token];
  if (Array.isArray(key) || Array.isArray(token)) {
    return malformed('A credential header stands there more than once.');
  }
  // A proxy may set a header from a variable that is empty.
  const withKey = key ? { key } : {};
  if (token) return { state: 'presented', ...withKey, token };
  const presented = readAuthorization(headers.authorization ?? '');
  return presented.state === 'presented' ? { ...withKey, ...presented } : presented;
}
