import { join } from 'node:path';
import { Router } from 'express';
import sirv from 'sirv';

/** Files whose names change with their content. */
const hashed = /^\/assets\//;

/** Whether a link can still be redeemed. Consumes nothing. @param from the client's address. */
export type IsLinkOpen = (linkToken: string, from: string | null) => Promise<boolean>;

/**
 * Serves the SPA: its files, compressed as they were built, and its page for every path that is a view.
 *
 * @param folder the SPA's build.
 * @param isLinkOpen decides the status of a link's page: 410 when there is nothing behind it any more.
 */
export function makeSpa(folder: string, isLinkOpen: IsLinkOpen): Router {
  const spa = Router();
  spa.use(
    sirv(folder, {
      brotli: true,
      gzip: true,
      etag: true,
      extensions: [],
      setHeaders(response, path) {
        const cache = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
        response.setHeader('Cache-Control', cache);
      },
    }),
  );
  // Nobody may store, index or pass on the page of a link.
  spa.get('/credentials/:linkToken', async (request, response) => {
    const open = await isLinkOpen(request.params.linkToken, request.ip ?? null);
    response
      .status(open ? 200 : 410)
      .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
      .sendFile(join(folder, 'credentials.html'), { cacheControl: false, lastModified: false });
  });
  spa.get('/{*view}', (request, response, next) => {
    if (!request.accepts('html') || /\.\w+$/.test(request.path)) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'), { cacheControl: false });
  });
  return spa;
}
