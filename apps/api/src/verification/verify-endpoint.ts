import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { readFields } from '../contract/problem.ts';
import { verificationBody } from '../contract/verification.ts';
import {
  sendJson,
  sendJsonText,
  sendProblem,
  writeJson,
  type JsonText,
  type OnError,
} from './answer.ts';
import type { AddressOf } from './client-address.ts';
import { PreparedAnswers, type PreparedAnswersPorts } from './prepared-answers.ts';
import { readBody } from './request-body.ts';
import { makeMeter, type Outcome, type Traffic } from './traffic.ts';
import type { Verifier } from './verifier.ts';

/** The largest body that `POST /v1/verify` reads, in bytes. */
const bodyLimit = 64 * 1024;

function parse(text: string): z.ZodSafeParseResult<z.infer<typeof verificationBody>> | undefined {
  try {
    return verificationBody.safeParse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Answers `POST /v1/verify`. @param onError hears why there is no answer. */
export type AnswerVerify = (
  request: IncomingMessage,
  response: ServerResponse,
  onError: OnError,
) => void;

/** Makes the endpoint. */
export function makeVerifyEndpoint(
  verifier: Verifier,
  ports: PreparedAnswersPorts,
  addressOf: AddressOf,
  traffic: Traffic,
): AnswerVerify {
  const prepared = new PreparedAnswers<JsonText>(ports);
  const meter = makeMeter(traffic, 'verify');

  /** @returns how it ended. */
  async function answerAnew(
    id: string,
    body: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Outcome> {
    const parsed = parse(body.toString('utf8'));
    if (!parsed?.success) {
      sendProblem(response, {
        code: 'VALIDATION_FAILED',
        detail: parsed ? 'Some fields are not as expected.' : 'The body is not JSON.',
        ...(parsed && { fields: readFields(parsed.error) }),
      });
      return 'MALFORMED';
    }
    const { key, token, account, permission = [] } = parsed.data;
    const permissions = [permission].flat();
    const { verdict, sighting } = await verifier({ key, token, account, permissions }, () =>
      addressOf(request),
    );
    if (!verdict.valid || !sighting) {
      sendJson(response, 200, verdict);
      return verdict.code;
    }
    const answer = writeJson(verdict);
    prepared.keep(id, sighting, answer);
    sendJsonText(response, answer);
    return 'VALID';
  }

  return (request, response, onError) => {
    const begun = meter.begin();
    readBody(request, bodyLimit, (body) => {
      if (body === undefined) {
        const detail = `The body is larger than ${String(bodyLimit / 1024)} KiB.`;
        sendProblem(response, { code: 'PAYLOAD_TOO_LARGE', detail }, { Connection: 'close' });
        meter.end('MALFORMED', begun);
        return;
      }
      const id = PreparedAnswers.idOf(body);
      const ready = prepared.take(id);
      if (ready) {
        sendJsonText(response, ready);
        meter.end('VALID', begun);
        return;
      }
      void answerAnew(id, body, request, response)
        .catch((error: unknown) => onError(response, error))
        .then((outcome) => meter.end(outcome, begun));
    });
  };
}
