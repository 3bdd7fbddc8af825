import type {
  ApiKey,
  IssuedLink,
  KeyPage,
  KeyQuery,
  LinkPreview,
  RedeemedCredential,
  Role,
  VerificationRequest,
  VerificationResult,
} from './contract.ts';
import { LatchkeyError } from './latchkey-error.ts';

/** Where the server is, and as whom to speak to it. */
export interface ClientOptions {
  /** Its base: `https://keys.example.com`. */
  url: string;
  /** The token of an API key. Verifying and redeeming need none. */
  token?: string;
}

/** The REST API. Every call rejects with a {@link LatchkeyError} when the server refuses. */
export interface Client {
  verify(request: VerificationRequest): Promise<VerificationResult>;
  /** Says whose credential a single-access link delivers, and consumes nothing. */
  previewLink(linkToken: string): Promise<LinkPreview>;
  /** The first to redeem a link receives the token; nobody after. */
  redeemLink(linkToken: string): Promise<RedeemedCredential>;
  /** What an account's key may do there, by its permissions. @param slug the account's. */
  account(slug: string): AccountClient;
}

/** One account's part of the API. */
export interface AccountClient {
  listKeys(query?: KeyQuery): Promise<KeyPage>;
  getKey(id: string): Promise<ApiKey>;
  generateKey(given: {
    name: string;
    roleIds: readonly string[];
    expiresAt?: string;
  }): Promise<{ key: ApiKey; link: IssuedLink }>;
  editKey(
    id: string,
    changes: {
      name?: string;
      roleIds?: readonly string[];
      status?: ApiKey['status'];
      expiresAt?: string | null;
    },
  ): Promise<ApiKey>;
  activateKey(id: string): Promise<ApiKey>;
  deactivateKey(id: string): Promise<ApiKey>;
  deleteKey(id: string): Promise<void>;
  /** Gives the key a new token through a new link; the old one works until the renewal is completed. */
  renewToken(
    id: string,
    given?: { completeAt?: string },
  ): Promise<{ key: ApiKey; link: IssuedLink }>;
  /** Deletes the old token. */
  completeRenewal(id: string): Promise<ApiKey>;
  /** Deletes the new token. */
  undoRenewal(id: string): Promise<ApiKey>;
  listRoles(): Promise<{ items: Role[] }>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : JSON.parse(text);
  const fallback = {
    code: 'INTERNAL_ERROR',
    detail: `The server answered ${String(answer.status)}.`,
  };
  const isProblem = answer.headers.get('content-type')?.includes('json') ?? false;
  const { code, detail } = {
    ...fallback,
    ...(isProblem && (JSON.parse(text) as Partial<typeof fallback>)),
  };
  throw new LatchkeyError(answer.status, code, detail);
}

/** Makes a client. It holds no connection and needs no end. */
export function createClient({ url, token }: ClientOptions): Client {
  const base = `${url.replace(/\/+$/, '')}/v1`;

  async function send<T>(method: Method, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await read(answer)) as T;
  }

  function account(slug: string): AccountClient {
    const keys = `/accounts/${encodeURIComponent(slug)}/keys`;
    const key = (id: string, rest = '') => `${keys}/${encodeURIComponent(id)}${rest}`;
    return {
      async listKeys(query = {}) {
        const search = new URLSearchParams();
        for (const [name, value] of Object.entries(query)) search.set(name, String(value));
        return send('GET', `${keys}?${search.toString()}`);
      },
      getKey: async (id) => send('GET', key(id)),
      generateKey: async (given) => send('POST', keys, given),
      editKey: async (id, changes) => send('PATCH', key(id), changes),
      activateKey: async (id) => send('POST', key(id, '/activate')),
      deactivateKey: async (id) => send('POST', key(id, '/deactivate')),
      deleteKey: async (id) => send('DELETE', key(id)),
      renewToken: async (id, given = {}) => send('POST', key(id, '/renewal'), given),
      completeRenewal: async (id) => send('POST', key(id, '/renewal/complete')),
      undoRenewal: async (id) => send('DELETE', key(id, '/renewal')),
      listRoles: async () => send('GET', `/accounts/${encodeURIComponent(slug)}/roles`),
    };
  }

  const link = (linkToken: string) => `/credentials/${encodeURIComponent(linkToken)}`;
  return {
    verify: async (request) => send('POST', '/verify', request),
    previewLink: async (linkToken) => send('GET', link(linkToken)),
    redeemLink: async (linkToken) => send('POST', `${link(linkToken)}/redeem`),
    account,
  };
}
