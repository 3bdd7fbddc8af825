import type { Request, Response } from 'express';
import type { Operation } from '../trpc/operations.ts';
import { isRecord } from './is-record.ts';

/** What an operation answers, before it is sent: enough to send it again. */
export interface RestAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON; empty for none. */
  body: string;
}

/** The entity tag that a procedure's output carries, on itself or on the key, member or webhook that it holds. */
function findEtag(output: unknown): string | undefined {
  if (!isRecord(output)) return undefined;
  const { etag, key, member, webhook } = output;
  return typeof etag === 'string' ? etag : findEtag(key ?? member ?? webhook);
}

/** RFC 8288: where the next page is. */
function nextLink(request: Request, output: unknown): string | undefined {
  if (!isRecord(output) || typeof output['nextCursor'] !== 'string') return undefined;
  const [path = ''] = request.originalUrl.split('?');
  const query = new URLSearchParams(request.originalUrl.slice(path.length));
  query.set('cursor', output['nextCursor']);
  return `<${path}?${query.toString()}>; rel="next"`;
}

/** Where what was made is: the operation's template, filled from the path or else from the output. */
function findLocation(
  { location }: Operation,
  request: Request,
  output: unknown,
): string | undefined {
  if (location === undefined) return undefined;
  const find = (place: string): unknown =>
    request.params[place] ??
    place
      .split('.')
      .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), output);
  return (
    request.baseUrl +
    location.replaceAll(/\{([\w.]+)\}/g, (_, place: string) => String(find(place)))
  );
}

/** Makes the answer of what a procedure gave out. */
export function makeAnswer(operation: Operation, request: Request, output: unknown): RestAnswer {
  const { status = 200 } = operation;
  const etag = findEtag(output);
  const link = nextLink(request, output);
  const location = findLocation(operation, request, output);
  return {
    status,
    headers: {
      ...(etag !== undefined && { ETag: etag }),
      ...(link !== undefined && { Link: link }),
      ...(location !== undefined && { Location: location }),
    },
    body: status === 204 ? '' : JSON.stringify(operation.output.parse(output)),
  };
}

/**
 * Sends an answer, which nobody may store. Never as 304, which Express's own way to send would make of it: an entity tag tells versions
 * for edits apart, and says nothing of what changes beside them, such as a link that was read.
 */
export function sendAnswer(response: Response, { status, headers, body }: RestAnswer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  if (body !== '') {
    response.type('application/json').set('Content-Length', String(Buffer.byteLength(body)));
  }
  response.end(body);
}
