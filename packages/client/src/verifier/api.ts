import type { Identity, RefusalCode } from './verdict.ts';

/** What the server says of a credential. */
export interface CredentialAnswer {
  verdict:
    | ({ valid: true } & Identity)
    | { valid: false; code: Exclude<RefusalCode, 'UNAVAILABLE'> };
  /** RFC 3339; `null` for never. */
  expiresAt?: string | null;
  /** RFC 3339: from then on the token is gone; `null` for a token that stays. */
  endsAt?: string | null;
  /** How long ago the server last knew it to be so, in milliseconds. */
  age?: number;
  /** The key's id, where the refusal is one of a key that is known: a change of it may end the refusal. */
  keyId?: string;
  receipt?: string;
}

/** Uses of a token since the last report. */
export interface UsageItem {
  receipt: string;
  count: number;
  lastUsedAt: string;
}

/** Uses since the last report. Sent again under the same id, they are counted once. */
export interface UsageBatch {
  id: string;
  usage: readonly UsageItem[];
}

/** The server did not do what was asked. */
export class ServerError extends Error {
  override name = 'ServerError';
  /** `undefined` when there was no answer at all. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Where the server is, and as whom to speak to it. */
export interface ServerAccess {
  /** Its base: `https://keys.example.com`. */
  url: string;
  /** The slug of the account whose resources are guarded. */
  account: string;
  /** The token of a key of this account that holds `keys.view`. */
  token: string;
  /** How long an answer may take, in milliseconds. */
  timeout: number;
}

/** The server's part for verifiers in other processes. */
export interface VerifierApi {
  /** @throws {ServerError} */
  ask(credential: { key?: string | undefined; token: string }): Promise<CredentialAnswer>;
  /** @throws {ServerError} */
  report(batch: UsageBatch): Promise<void>;
  /** Opens the stream of changes. @throws {ServerError} */
  listen(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** Speaks to the server by `fetch`. */
export function makeVerifierApi({ url, account, token, timeout }: ServerAccess): VerifierApi {
  const base = `${url.replace(/\/+$/, '')}/v1/accounts/${encodeURIComponent(account)}/verifier`;

  async function send(path: string, init: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(`${base}/${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      });
    } catch (error) {
      throw new ServerError('Latchkey does not answer.', undefined, error);
    }
    if (answer.ok) return answer;
    await answer.body?.cancel();
    throw new ServerError(`Latchkey answered ${String(answer.status)}.`, answer.status);
  }

  const post = async (path: string, body: object) =>
    send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });

  return {
    async ask(credential) {
      const answer = await post('credentials', credential);
      try {
        return (await answer.json()) as CredentialAnswer;
      } catch (error) {
        throw new ServerError('Latchkey did not answer to the end.', undefined, error);
      }
    },
    async report(batch) {
      await post('usage', batch);
    },
    async listen(signal) {
      const { body } = await send('changes', { signal });
      if (!body) throw new ServerError('The stream of changes is empty.');
      return body;
    },
  };
}
