import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { CrowdedError } from '@latchkey/fresh-cache';
import { describeFault } from '../contract/outage.ts';
import { describeProblem, type ProblemReason } from '../contract/problem.ts';
import { LimitedError } from './credential-cache.ts';
import type { Outcome } from './traffic.ts';

/** Hears why a request has no answer, and gives it one. @returns how it ended. */
export type OnError = (response: ServerResponse, error: unknown) => Outcome;

/** Sends JSON that nobody may store. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(text);
}

/** JSON that is written already, with its length in bytes. */
export interface JsonText {
  text: string;
  length: string;
}

/** Writes JSON to send it any number of times. */
export function writeJson(body: unknown): JsonText {
  const text = JSON.stringify(body);
  return { text, length: String(Buffer.byteLength(text)) };
}

/** Sends JSON that is written already, with 200. As a string it goes out in one piece with the headers, which costs half of two. */
export function sendJsonText(response: ServerResponse, { text, length }: JsonText): void {
  response.writeHead(200, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    length,
    'Cache-Control',
    'no-store',
  ]);
  response.end(text);
}

/** Sends a problem document. */
export function sendProblem(
  response: ServerResponse,
  reason: ProblemReason,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = describeProblem(reason);
  sendJson(response, body.status, body, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...(reason.retryAfter !== undefined && { 'Retry-After': String(reason.retryAfter) }),
    ...headers,
  });
}

/** Says that a request has no answer. @param onError hears why, unless it was one too many. */
export function sendFailure(
  response: ServerResponse,
  error: unknown,
  onError: (error: unknown) => void,
): Outcome {
  if (error instanceof CrowdedError) {
    const detail = 'Too many unknown credentials are being looked up. Try again.';
    sendProblem(response, { code: 'RATE_LIMITED', detail }, { 'Retry-After': '1' });
    return 'CROWDED_OUT';
  }
  if (error instanceof LimitedError) {
    const detail = 'Too many unknown tokens came from your address. Wait, then try again.';
    sendProblem(response, { code: 'RATE_LIMITED', detail, retryAfter: error.retryAfter });
    return 'LIMITED';
  }
  onError(error);
  if (response.headersSent) response.destroy();
  else sendProblem(response, describeFault(error));
  return 'FAILED';
}
