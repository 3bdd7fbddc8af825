import type { Request, RequestHandler, Response } from 'express';
import type { Identity } from '../verifier/index.ts';
import { makeGuard, type Admission, type ApiKeyRequirement } from './guard.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who presented a valid API key; set behind `requireApiKey`. */
      apiKey?: Identity;
    }
  }
}

/** Lets only valid API keys through to the handlers behind it, which find who it is in `request.apiKey`. */
export function requireApiKey(requirement: ApiKeyRequirement): RequestHandler {
  const judge = makeGuard(requirement);
  return (request, response, next) => {
    const proceed = (admission: Admission): void => {
      if (admission.admitted) {
        request.apiKey = admission.identity;
        next();
      } else {
        send(response, admission);
      }
    };
    const admission = judge((name) => request.headersDistinct[name]);
    if (admission instanceof Promise) admission.then(proceed, next);
    else proceed(admission);
  };
}

function send(response: Response, { refusal }: Extract<Admission, { admitted: false }>): void {
  response.status(refusal.status).set(refusal.headers).send(JSON.stringify(refusal.body));
}

/** Who called, in a handler behind `requireApiKey`. @throws when it is not behind it. */
export function apiKeyOf(request: Request): Identity {
  if (!request.apiKey) throw new Error('This handler is not behind requireApiKey.');
  return request.apiKey;
}
