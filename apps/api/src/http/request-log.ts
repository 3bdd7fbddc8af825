import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import { routeOf } from './route-of.ts';

/** Logs each request when it is answered, with an id that the answer carries too, and measures it. */
export function logRequests(logger: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const start = performance.now();
    response.set('X-Request-Id', id);
    response.on('close', () => {
      const route = routeOf(request);
      const { method } = request;
      const status = response.statusCode;
      const milliseconds = performance.now() - start;
      // How long somebody followed an account says nothing of how fast it was answered.
      const isStream = response.getHeader('Content-Type') === 'text/event-stream';
      if (!isStream) metrics.duration.observe({ method, route, status }, milliseconds / 1000);
      logger.info({ id, method, route, status, milliseconds: Math.round(milliseconds) }, 'request');
    });
    next();
  };
}
