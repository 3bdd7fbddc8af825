import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import {
  describeProblem,
  problem,
  problemStatuses,
  type ProblemCode,
} from '../contract/problem.ts';

const authenticate = z.string().meta({
  description: 'RFC 6750: how to authenticate, or what is wrong with the credential that came.',
  example: 'Bearer realm="latchkey", error="invalid_token"',
});
const retryAfter = z
  .string()
  .meta({ description: 'After how many seconds to try again.', example: '5' });
const allow = z
  .string()
  .meta({ description: 'The methods that the path takes.', example: 'GET, HEAD, OPTIONS' });

/** The headers of a refusal, by its status and the codes that share it. */
function headersOf(status: number, codes: readonly ProblemCode[], takesCredentials: boolean) {
  switch (status) {
    case 400:
    case 403:
      return takesCredentials && { 'WWW-Authenticate': authenticate.optional() };
    case 401:
      return { 'WWW-Authenticate': authenticate };
    case 405:
      return { Allow: allow };
    case 409:
      return codes.includes('IDEMPOTENCY_KEY_IN_USE') && { 'Retry-After': retryAfter.optional() };
    case 429:
    case 503:
      return { 'Retry-After': retryAfter };
    default:
      return false;
  }
}

function describeStatus(
  status: number,
  codes: readonly ProblemCode[],
  takesCredentials: boolean,
): ZodOpenApiResponseObject {
  const headers = headersOf(status, codes, takesCredentials);
  return {
    description: codes.join(' · '),
    ...(headers && { headers: z.object(headers) }),
    content: {
      'application/problem+json': {
        schema: problem,
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            { value: describeProblem({ code, detail: 'What happened and what to do next.' }) },
          ]),
        ),
      },
    },
  };
}

/** The refusals of an operation, a response for each status. */
export function describeProblems(codes: readonly ProblemCode[]): ZodOpenApiResponsesObject {
  const statuses = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const status = problemStatuses[code];
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  const takesCredentials = codes.includes('UNAUTHENTICATED');
  return Object.fromEntries(
    [...statuses].map(([status, alike]) => [
      String(status),
      describeStatus(status, alike, takesCredentials),
    ]),
  );
}

/** What every path answers to a method that has no operation there. */
export const methodNotAllowed = describeStatus(405, ['METHOD_NOT_ALLOWED'], false);
