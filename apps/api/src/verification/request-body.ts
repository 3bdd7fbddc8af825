import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body. Most come in one piece, which is passed on as it is.
 *
 * @param limit in bytes.
 * @param onRead is called once, with `undefined` for a body that is larger; not at all when the client goes away.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  onRead: (body: Buffer | undefined) => void,
): void {
  // Of a request without a body the server says so at once, and never again.
  if (request.readableEnded) {
    onRead(Buffer.alloc(0));
    return;
  }
  let body: Buffer | undefined;
  let done = false;
  const end = (read: Buffer | undefined) => {
    done = true;
    onRead(read);
  };
  request.on('data', (chunk: Buffer) => {
    if (done) return;
    body = body === undefined ? chunk : Buffer.concat([body, chunk]);
    if (body.length > limit) end(undefined);
    // The last piece: to hear of the end as well costs a good part of answering.
    else if (request.complete && request.readableLength === 0) end(body);
  });
  request.on('end', () => {
    if (!done) end(body ?? Buffer.alloc(0));
  });
}
