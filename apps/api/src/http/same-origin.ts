import type { RequestHandler } from 'express';
import {
  readCredentialHeaders,
  type CredentialHeaderNames,
} from '../verification/credential-headers.ts';
import { answerProblem } from './problem-answer.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that a browser sends for another site with the session's cookie. One with neither `Origin` nor `Sec-Fetch-Site`
 * is no browser's and passes; so does one that carries the credential of a key, which no browser adds by itself.
 */
export function refuseOtherOrigins(
  publicUrl: string,
  headerNames: CredentialHeaderNames,
): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (request, response, next) => {
    const origin = request.get('Origin');
    const site = request.get('Sec-Fetch-Site');
    const sameOrigin =
      (origin === undefined ||
        origin === own ||
        origin === `${request.protocol}://${request.host}`) &&
      (site === undefined || site === 'same-origin' || site === 'none');
    if (
      sameOrigin ||
      request.get('Cookie') === undefined ||
      safeMethods.has(request.method) ||
      readCredentialHeaders(request, headerNames).state !== 'none'
    ) {
      next();
      return;
    }
    const detail = 'A write with a session must come from the origin of this server.';
    answerProblem(response, { code: 'FORBIDDEN', detail });
  };
}
