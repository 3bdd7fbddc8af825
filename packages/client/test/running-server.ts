import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EventSourceParserStream } from 'eventsource-parser/stream';

const main = fileURLToPath(new URL('../../../apps/api/src/main.ts', import.meta.url));
const owner = { email: 'ana@acme.example', password: 'correct horse battery staple' };

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A key and its token. */
export interface Credential {
  id: string;
  key: string;
  token: string;
}

/** A real server in a process of its own, with an account `acme`. */
export class RunningServer {
  readonly url: string;
  readonly #env: Record<string, string>;
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #cookie = '';

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#env = {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
      LATCHKEY_SECRET: randomBytes(32).toString('base64'),
      LATCHKEY_ACCOUNT: 'acme',
      LATCHKEY_OWNER_EMAIL: owner.email,
      LATCHKEY_OWNER_PASSWORD: owner.password,
    };
  }

  static async start(): Promise<RunningServer> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-client-'));
    const server = new RunningServer(folder, await findFreePort());
    await server.begin();
    const session = await server.#fetch('POST', '/v1/session', owner);
    server.#cookie = session.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    return server;
  }

  /** Starts it again after `kill`, on the same port and data. */
  async begin(): Promise<void> {
    if (this.#isRunning()) return;
    const child = spawn(process.execPath, ['--conditions=@latchkey/source', main], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    while (!output.includes('Latchkey is ready')) {
      if (child.exitCode !== null) throw new Error(`The server ended:\n${output}`);
      await delay(20);
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.#isRunning()) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  #isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }

  /** Does something over REST as the owner. */
  async send<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.#fetch(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async makeRole(name: string, permissions: readonly string[]): Promise<string> {
    const { id } = await this.send<{ id: string }>('POST', '/v1/accounts/acme/roles', {
      name,
      permissions,
    });
    return id;
  }

  /** Makes a key and redeems its link. */
  async makeKey(name: string, roleIds: readonly string[], more: object = {}): Promise<Credential> {
    const { key, link } = await this.send<{
      key: { id: string; key: string };
      link: { url: string };
    }>('POST', '/v1/accounts/acme/keys', { name, roleIds, ...more });
    const linkToken = link.url.split('/').at(-1) ?? '';
    const { token } = await this.send<{ token: string }>(
      'POST',
      `/v1/credentials/${linkToken}/redeem`,
    );
    return { id: key.id, key: key.key, token };
  }

  /**
   * Waits until whoever follows the account's changes was told of all that has happened by now: of some of it they hear twice, at once and
   * when it is read from the store.
   *
   * @param token of a key that may follow.
   */
  async settled(token: string): Promise<void> {
    const { body } = await fetch(`${this.url}/v1/accounts/acme/verifier/changes`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!body) throw new Error('The stream of changes is empty.');
    const events = body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    let openedAt = Infinity;
    for await (const { event, data } of events) {
      const { at = 0 } = JSON.parse(data) as { at?: number };
      if (event === 'open') openedAt = at;
      // When that reading began.
      if (event === 'confirmed' && at > openedAt) return;
    }
    throw new Error('The stream of changes ended.');
  }

  async #fetch(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { cookie: this.#cookie, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
