import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/**
 * How long a connection without a request is left open after the signal to stop, in milliseconds. A proxy may be sending a request on it at
 * this very moment, which closing it would lose: keep the proxy's own idle time below this.
 */
const idleGrace = 2000;

/** How long requests under way may take after the signal to stop, in milliseconds. */
const patience = 10_000;

/** How long a connection may wait for its next request, in milliseconds: longer than proxies keep theirs, so that the proxy is the one to close. */
const idleTime = 75_000;

/**
 * Makes a server stop without losing a request: it takes no new connections, asks for an end of those it has with its next answer on each,
 * and cuts off what is left after a while.
 *
 * @returns how to stop it, once.
 */
export function makeStoppable(server: Server): (onStopped: () => void) => void {
  server.keepAliveTimeout = idleTime;
  return (onStopped) => {
    server.prependListener('request', (_request, response) => {
      response.setHeader('Connection', 'close');
    });
    const clocks = [
      setTimeout(() => server.closeIdleConnections(), idleGrace),
      setTimeout(() => server.closeAllConnections(), patience),
    ];
    // The HTTP server's own way would close idle connections at once.
    NetServer.prototype.close.call(server, () => {
      clocks.forEach(clearTimeout);
      onStopped();
    });
  };
}
