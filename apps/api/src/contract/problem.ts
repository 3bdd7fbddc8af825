import { STATUS_CODES } from 'node:http';
import { refusalCodes, type FieldIssue, type Refusal, type RefusalCode } from '@latchkey/core';
import { z } from 'zod';

/** What only the doors refuse: nothing of the domain was asked yet. */
const doorCodes = [
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'METHOD_NOT_ALLOWED',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_ANSWER_LOST',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
] as const;

export type ProblemCode = RefusalCode | (typeof doorCodes)[number];

/** What a door says when it does not do what was asked. */
export interface ProblemReason extends Omit<Refusal, 'code'> {
  code: ProblemCode;
}

/** The HTTP status of every code. */
export const problemStatuses = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  STALE: 412,
  LINK_GONE: 410,
  INVITATION_GONE: 410,
  RESET_GONE: 410,
  RENEWAL_LINK_OPEN: 409,
  RENEWAL_PENDING: 409,
  NO_PENDING_RENEWAL: 409,
  NO_OPEN_LINK: 409,
  ROLE_IN_USE: 409,
  ROLE_PREDEFINED: 409,
  ROLE_NAME_TAKEN: 409,
  SLUG_TAKEN: 409,
  LAST_OWNER: 409,
  ALREADY_MEMBER: 409,
  EXTERNAL_KEY_EXISTS: 409,
  OWN_KEY: 409,
  ALREADY_SET_UP: 409,
  WRONG_PASSWORD: 403,
  WRONG_CODE: 403,
  SECOND_FACTOR_REQUIRED: 401,
  SECOND_FACTOR_ON: 409,
  WRONG_PASSKEY: 403,
  PASSKEY_EXISTS: 409,
  TOO_MANY_PASSKEYS: 409,
  ONLY_WAY_IN: 409,
  RATE_LIMITED: 429,
  REQUEST_TIMEOUT: 408,
  HEADERS_TOO_LARGE: 431,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  METHOD_NOT_ALLOWED: 405,
  IDEMPOTENCY_KEY_REUSED: 409,
  IDEMPOTENCY_KEY_IN_USE: 409,
  IDEMPOTENCY_ANSWER_LOST: 409,
  UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
} as const satisfies Record<ProblemCode, number>;

/** What a person can prove who they are with, besides the password. */
export const secondFactor = z.enum(['app', 'passkey', 'recovery-code']);

/** RFC 9457 problem details with a stable code. */
export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().meta({ example: 'Conflict' }),
    status: z.int().meta({ example: 409 }),
    code: z.enum([...refusalCodes, ...doorCodes]),
    detail: z.string().meta({ description: 'What happened and what to do next.' }),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Only with VALIDATION_FAILED: which fields, and why.' }),
    factors: z.array(secondFactor).optional().meta({
      description: 'Only with SECOND_FACTOR_REQUIRED: what the person has, of which one is enough.',
    }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;

/** The problem document of a reason. */
export function describeProblem({ code, detail, fields, factors }: ProblemReason): Problem {
  const status = problemStatuses[code];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? '',
    status,
    code,
    detail,
    ...(fields && { fields: [...fields] }),
    ...(factors && { factors: [...factors] }),
  };
}

/** Which fields a schema refused, and why; one that it does not know by its own name. */
export function readFields({ issues }: z.ZodError): FieldIssue[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'There is no such field.',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );
}
