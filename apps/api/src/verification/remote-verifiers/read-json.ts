import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { readFields } from '../../contract/problem.ts';
import { sendProblem } from '../answer.ts';
import { readBody } from '../request-body.ts';

/** The largest body that remote verifiers send, in bytes. */
const bodyLimit = 512 * 1024;

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Reads a body that a schema describes. @returns `undefined` for any other, which is answered already. */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const body = await new Promise<Buffer | undefined>((resolve, reject) => {
    request.once('error', reject);
    readBody(request, bodyLimit, resolve);
  });
  if (!body) {
    const detail = `The body is larger than ${String(bodyLimit / 1024)} KiB.`;
    sendProblem(response, { code: 'PAYLOAD_TOO_LARGE', detail }, { Connection: 'close' });
    return undefined;
  }
  const parsed = schema.safeParse(parse(body));
  if (parsed.success) return parsed.data;
  const detail = 'Some fields are not as expected.';
  sendProblem(response, { code: 'VALIDATION_FAILED', detail, fields: readFields(parsed.error) });
  return undefined;
}
