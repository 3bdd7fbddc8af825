import assert from 'node:assert/strict';
import { conformanceOf } from './conformance.ts';

/** An answer, read to its end. */
export interface RestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; `undefined` when there is none. */
  body: unknown;
}

/** What a request says beside its method and path. */
export interface RestRequest {
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of a body. */
  raw?: string | Uint8Array<ArrayBuffer>;
}

/** An answer to come, of which a test says what it expects. */
export class PendingAnswer implements PromiseLike<RestAnswer> {
  readonly #answer: Promise<RestAnswer>;
  readonly #asked: string;

  constructor(asked: string, answer: Promise<RestAnswer>) {
    this.#asked = asked;
    this.#answer = answer;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- so that a test can await the answer itself.
  then<A = RestAnswer, B = never>(
    fulfilled?: ((answer: RestAnswer) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#answer.then(fulfilled, rejected);
  }

  /** The body, after a status that must be this one. */
  async expect<Body = unknown>(status: number): Promise<Body> {
    const answer = await this.#answer;
    assert.equal(answer.status, status, `${this.#asked} answered ${answer.text}`);
    return answer.body as Body;
  }

  /** The refusal's body, after the code that must be this one. */
  async refused(status: number, code: string): Promise<Record<string, unknown>> {
    const body = await this.expect<Record<string, unknown>>(status);
    const { headers, text } = await this.#answer;
    assert.equal(body['code'], code, `${this.#asked} answered ${text}`);
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
    return body;
  }
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A REST client with a cookie jar: what `curl -b jar -c jar` does. It holds every answer against the server's own OpenAPI document, so
 * that each test of the API is one of its description too.
 */
export class RestClient {
  readonly url: string;
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;

  /** @param headers sent with every request. */
  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.#headers = headers;
  }

  /** The cookies as a request sends them. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** What every request is signed with. */
  get headers(): Record<string, string> {
    return { ...this.#headers, ...(this.#cookies.size > 0 && { cookie: this.cookie }) };
  }

  #keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const equals = pair.indexOf('=');
      const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  async #fetch(method: string, path: string, request: RestRequest): Promise<RestAnswer> {
    const { body, raw, headers } = request;
    const answer = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
    });
    this.#keepCookies(answer.headers);
    const text = await answer.text();
    const seen = {
      status: answer.status,
      headers: answer.headers,
      text,
      body: readJson(text),
    };
    (await conformanceOf(this.url)).check(method, path, seen);
    return seen;
  }

  send(method: string, path: string, request: RestRequest = {}): PendingAnswer {
    return new PendingAnswer(`${method} ${path}`, this.#fetch(method, path, request));
  }

  get(path: string, headers: Record<string, string> = {}): PendingAnswer {
    return this.send('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): PendingAnswer {
    return this.send('POST', path, { body, headers });
  }

  put(path: string, body: unknown): PendingAnswer {
    return this.send('PUT', path, { body });
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): PendingAnswer {
    return this.send('PATCH', path, { body, headers });
  }

  delete(path: string, headers: Record<string, string> = {}): PendingAnswer {
    return this.send('DELETE', path, { headers });
  }
}
