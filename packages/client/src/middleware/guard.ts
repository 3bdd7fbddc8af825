import type { Identity, RefusalCode, Verdict, Verifier } from '../verifier/index.ts';

/** What a route asks of its callers. */
export interface ApiKeyRequirement {
  verifier: Verifier;
  /** The permissions that are needed, all of them; without it any valid key will do. */
  permission?: string | readonly string[];
  /** Where the credential stands besides `Authorization`; the server's `LATCHKEY_KEY_HEADER` and `LATCHKEY_TOKEN_HEADER`. */
  headers?: { key: string; token: string };
}

/** What to answer to a caller who is not let in: RFC 6750 and RFC 9457. */
export interface Refusal {
  status: 400 | 401 | 403 | 503;
  headers: Record<string, string>;
  body: { type: 'about:blank'; title: string; status: number; code: string; detail: string };
}

/** Whether a caller is let in, and as whom. */
export type Admission =
  | { admitted: true; identity: Identity }
  | { admitted: false; refusal: Refusal };

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
};

function challenge(parameters: Record<string, string>): string {
  const all = Object.entries({ realm: 'latchkey', ...parameters });
  return `Bearer ${all.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

function refuse(
  status: Refusal['status'],
  code: string,
  detail: string,
  headers: Record<string, string>,
): Admission {
  return {
    admitted: false,
    refusal: {
      status,
      headers: {
        ...headers,
        'Content-Type': 'application/problem+json; charset=utf-8',
        'Cache-Control': 'no-store',
      },
      body: { type: 'about:blank', title: titles[status], status, code, detail },
    },
  };
}

const details = {
  INVALID_CREDENTIALS: 'The credential is not valid.',
  INACTIVE: 'The key is inactive.',
  EXPIRED: 'The key has expired.',
} as const satisfies Partial<Record<RefusalCode, string>>;

function admit(verdict: Verdict, needed: string): Admission {
  if (verdict.valid) return { admitted: true, identity: verdict.identity };
  const { code } = verdict;
  switch (code) {
    case 'UNAVAILABLE':
      return refuse(503, code, 'The credential cannot be checked now. Try again.', {
        'Retry-After': '1',
      });
    case 'INSUFFICIENT_PERMISSIONS':
      return refuse(403, 'FORBIDDEN', 'The credential does not allow this.', {
        'WWW-Authenticate': challenge({ error: 'insufficient_scope', scope: needed }),
      });
    case 'INVALID_CREDENTIALS':
    case 'INACTIVE':
    case 'EXPIRED':
      return refuse(401, 'UNAUTHENTICATED', details[code], {
        'WWW-Authenticate': challenge({
          error: 'invalid_token',
          error_description: details[code],
        }),
      });
  }
}

const stranger = refuse(401, 'UNAUTHENTICATED', 'Send the credential of an API key.', {
  'WWW-Authenticate': challenge({}),
});

function malformed(detail: string): Admission {
  return refuse(400, 'VALIDATION_FAILED', detail, {
    'WWW-Authenticate': challenge({ error: 'invalid_request' }),
  });
}

type Presented = { key?: string; token: string } | Admission;

/** As the server reads it; `undefined` for what is meant for somebody else. */
function readAuthorization(value: string): Presented | undefined {
  const [, scheme = '', credential = ''] = /^(\S+)\s*(.*?)\s*$/.exec(value) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return /^\S+$/.test(credential)
        ? { token: credential }
        : malformed('Authorization: Bearer takes the token and nothing else.');
    case 'basic': {
      const text = Buffer.from(credential, 'base64').toString('utf8');
      const colon = text.indexOf(':');
      return colon > 0 && colon < text.length - 1
        ? { key: text.slice(0, colon), token: text.slice(colon + 1) }
        : malformed('HTTP Basic takes the key as the user and the token as the password.');
    }
    default:
      return undefined;
  }
}

/** A header of a request: its values one by one, or joined where the framework joins them. */
export type ReadHeader = (name: string) => string | readonly string[] | undefined;

/**
 * Makes what the frameworks' middleware shares: it reads the credential and judges it.
 *
 * @returns a judge that answers at once, without a promise, for credentials that are known.
 */
export function makeGuard({
  verifier,
  permission,
  headers = { key: 'x-api-key', token: 'x-api-token' },
}: ApiKeyRequirement): (header: ReadHeader) => Admission | Promise<Admission> {
  const names = { key: headers.key.toLowerCase(), token: headers.token.toLowerCase() };
  const needed = permission === undefined ? '' : [permission].flat().join(' ');

  // The server's own rules: see its credential-headers.ts.
  function read(header: ReadHeader): Presented {
    const [keys = [], tokens = [], authorizations = []] = [
      names.key,
      names.token,
      'authorization',
    ].map((name) => [header(name) ?? []].flat().filter((value) => value.trim() !== ''));
    const isTwice = [...keys, ...tokens].some((value) => value.includes(','));
    if (isTwice || [keys, tokens, authorizations].some(({ length }) => length > 1)) {
      return malformed('A credential header stands there more than once.');
    }
    const [key] = keys;
    const [token] = tokens;
    const authorized = readAuthorization(authorizations[0] ?? '');
    if (token !== undefined) {
      if (authorized) {
        return malformed(`Send the token in ${names.token} or in Authorization, not in both.`);
      }
      return key === undefined ? { token } : { key, token };
    }
    if (!authorized) return stranger;
    if ('admitted' in authorized || key === undefined) return authorized;
    return authorized.key === undefined || authorized.key === key
      ? { ...authorized, key }
      : malformed(`The key in ${names.key} is not the one in Authorization.`);
  }

  return (header) => {
    const presented = read(header);
    if ('admitted' in presented) return presented;
    const verdict = verifier.verify(presented, permission);
    return verdict instanceof Promise
      ? verdict.then((later) => admit(later, needed))
      : admit(verdict, needed);
  };
}
