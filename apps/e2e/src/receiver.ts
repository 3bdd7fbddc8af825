import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a receiver of webhooks was sent. */
export interface ReceivedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A real receiver of webhooks on a free port. `await using` stops it. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly messages: readonly ReceivedMessage[];
  /** Answers with this status from now on; 204 before. */
  answer(status: number): void;
}

/** Starts a receiver. */
export async function startReceiver(): Promise<Receiver> {
  const messages: ReceivedMessage[] = [];
  let status = 204;
  const server = createServer((request, response) => {
    const receive = async () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      messages.push({
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: await text(request),
      });
      response.writeHead(status).end();
    };
    void receive();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    host,
    url: `http://${host}/hook`,
    messages,
    answer: (next) => {
      status = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
