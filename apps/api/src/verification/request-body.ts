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
  request.on('data', (chunk: Buffer) => {
    if (done) return;
    body = body === undefined ? chunk : Buffer.concat([body, chunk]);
    if (body.length > limit) {
      done = true;
      onRead(undefined);
    }
  });
  request.on('end', () => {
    if (!done) onRead(body ?? Buffer.alloc(0));
  });
}
