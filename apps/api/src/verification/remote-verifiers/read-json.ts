import type { IncomingMessage } from 'node:http';
import { readBody } from '../request-body.ts';

/** The largest body that remote verifiers send, in bytes. */
const bodyLimit = 512 * 1024;

/** Reads a body as JSON; `undefined` for what is none, or too large. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await new Promise<Buffer | undefined>((resolve, reject) => {
    request.once('error', reject);
    readBody(request, bodyLimit, resolve);
  });
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
