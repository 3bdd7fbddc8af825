import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small API to protect: it answers 200 and keeps the headers of each request that reached it. */
export interface Upstream extends AsyncDisposable {
  readonly port: number;
  readonly requests: readonly IncomingHttpHeaders[];
}

export async function startUpstream(): Promise<Upstream> {
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    response.end('one order');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
