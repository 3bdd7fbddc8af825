import { createServer, type RequestListener, type Server } from 'node:http';

/** Makes the server. A request without a body, as most are, has none to be read to its end: that is a good part of answering it. */
export function makeHttpServer(handle?: RequestListener): Server {
  return createServer({ optimizeEmptyRequests: true }, handle);
}
