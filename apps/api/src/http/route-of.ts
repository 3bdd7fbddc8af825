import type { Request } from 'express';

/** Prefixes of paths, by what answers them. The path itself can hold a link token, so neither log, metric nor trace has it. */
const areas = [
  '/v1/credentials',
  '/credentials',
  '/v1',
  '/trpc',
  '/docs',
  '/assets',
  '/invitations',
  '/password-resets',
];

/** The pattern that a request's path matched: `/v1/accounts/:account/keys`. */
export function routeOf(request: Request): string {
  const { route, baseUrl } = request as { route?: { path?: unknown }; baseUrl: string };
  if (typeof route?.path === 'string' && !route.path.includes('{*')) return baseUrl + route.path;
  const area = areas.find((prefix) => request.originalUrl.startsWith(prefix));
  return area === undefined ? '/' : `${area}/…`;
}
