import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Prefixes of paths, by what answers them. The path itself can hold a link token, so neither log nor metric has it. */
const areas = [
  '/v1/credentials',
  '/credentials',
  '/v1',
  '/trpc',
  '/docs',
  '/assets',
  '/invitations',
];

/** The pattern that a request's path matched: `/v1/accounts/:account/keys`. */
function routeOf(request: Request): string {
  const { route, baseUrl } = request as { route?: { path?: unknown }; baseUrl: string };
  if (typeof route?.path === 'string' && !route.path.includes('{*')) return baseUrl + route.path;
  const area = areas.find((prefix) => request.originalUrl.startsWith(prefix));
  return area === undefined ? '/' : `${area}/…`;
}

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
