import cors from 'cors';
import type { RequestHandler } from 'express';

/**
 * Lets pages of other origins call REST with the credential of a key, or with none. A session's cookie never comes along: only pages of this
 * server act for who is signed in.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    credentials: false,
    exposedHeaders: ['ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
}
