import type { Response } from 'express';
import { describeProblem, type ProblemReason } from '../contract/problem.ts';

/** Answers with a problem document; with `Retry-After` where the reason says when to try again. */
export function answerProblem(response: Response, reason: ProblemReason): void {
  const body = describeProblem(reason);
  if (reason.retryAfter !== undefined) response.set('Retry-After', String(reason.retryAfter));
  response
    .status(body.status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body));
}
