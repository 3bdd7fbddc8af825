import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** A request as the receiver had it. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What the receiver answers with, given how many requests there were before. */
type Answer = (response: ServerResponse, before: number) => void;

/** A real HTTP server on a free port of this machine. */
export interface Receiver {
  url: string;
  port: number;
  /** Every request so far, in order. */
  requests: ReceivedRequest[];
  /** How many connections there were, with a request or without. */
  connections: () => number;
  answer: (answer: Answer) => void;
  stop(): Promise<void>;
}

/** Answers with a status and nothing else. */
export const status = (code: number, headers: Record<string, string> = {}): Answer => {
  return (response) => response.writeHead(code, headers).end();
};

function toRequest(request: IncomingMessage, body: string): ReceivedRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
  };
}

/** Starts a receiver that takes everything, until it is told to answer otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  let answer = status(204);
  let connections = 0;
  const server = createServer((request, response) => {
    const receive = async () => {
      requests.push(toRequest(request, await text(request)));
      answer(response, requests.length - 1);
    };
    void receive();
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/hook`,
    port,
    requests,
    connections: () => connections,
    answer: (given) => {
      answer = given;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** What a receiver does that knows the secret. @throws when the signature is not of it. */
export function verifyRequest({ body, headers }: ReceivedRequest, secret: string): unknown {
  return new Webhook(secret).verify(body, headers);
}
