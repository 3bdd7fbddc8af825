import type { Request, RequestHandler } from 'express';
import { answerProblem } from './problem-answer.ts';

/** Whether a body came with the request. */
export function hasBody(request: Request): boolean {
  return (
    request.get('Transfer-Encoding') !== undefined || Number(request.get('Content-Length') ?? 0) > 0
  );
}

/** Refuses a body that says it is no JSON: a form of another site, for one, could send it without asking first. */
export const requireJson: RequestHandler = (request, response, next) => {
  // Of a stream that has ended tRPC believes that somebody else read it, unless there is a body beside it, be it none.
  if (!hasBody(request)) request.body = undefined;
  if (!hasBody(request) || request.is('application/json')) {
    next();
    return;
  }
  const detail = 'Send the body as JSON, with Content-Type: application/json.';
  answerProblem(response, { code: 'UNSUPPORTED_MEDIA_TYPE', detail });
};
