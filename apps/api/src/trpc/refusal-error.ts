import type { Refusal, RefusalCode, Result } from '@latchkey/core';
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { z } from 'zod';
import { describeFault } from '../contract/outage.ts';
import { readFields, type ProblemReason } from '../contract/problem.ts';

/** The tRPC code of every refusal. */
const trpcCodes = {
  VALIDATION_FAILED: 'BAD_REQUEST',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  STALE: 'PRECONDITION_FAILED',
  LINK_GONE: 'NOT_FOUND',
  INVITATION_GONE: 'NOT_FOUND',
  RESET_GONE: 'NOT_FOUND',
  RENEWAL_LINK_OPEN: 'CONFLICT',
  RENEWAL_PENDING: 'CONFLICT',
  NO_PENDING_RENEWAL: 'CONFLICT',
  NO_OPEN_LINK: 'CONFLICT',
  ROLE_IN_USE: 'CONFLICT',
  ROLE_PREDEFINED: 'CONFLICT',
  ROLE_NAME_TAKEN: 'CONFLICT',
  SLUG_TAKEN: 'CONFLICT',
  LAST_OWNER: 'CONFLICT',
  ALREADY_MEMBER: 'CONFLICT',
  EXTERNAL_KEY_EXISTS: 'CONFLICT',
  OWN_KEY: 'CONFLICT',
  ALREADY_SET_UP: 'CONFLICT',
  WRONG_PASSWORD: 'FORBIDDEN',
  WRONG_CODE: 'FORBIDDEN',
  SECOND_FACTOR_REQUIRED: 'UNAUTHORIZED',
  SECOND_FACTOR_ON: 'CONFLICT',
  WRONG_PASSKEY: 'FORBIDDEN',
  PASSKEY_EXISTS: 'CONFLICT',
  TOO_MANY_PASSKEYS: 'CONFLICT',
  ONLY_WAY_IN: 'CONFLICT',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
} as const satisfies Record<RefusalCode, TRPC_ERROR_CODE_KEY>;

/** A refusal on its way out through a door. */
export class RefusalError extends TRPCError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super({ code: trpcCodes[refusal.code], message: refusal.detail });
    this.refusal = refusal;
  }
}

/** The refusal for whoever must prove who they are, and did not. */
export function nobody(): RefusalError {
  return new RefusalError({
    code: 'UNAUTHENTICATED',
    detail: 'Sign in, or send the credential of an API key.',
  });
}

/** The value of a use case; its refusal is thrown for the door to answer. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new RefusalError(result.refusal);
  return result.value;
}

/** What a door refuses by itself, before a procedure is asked. */
const doorReasons: Partial<Record<TRPC_ERROR_CODE_KEY, ProblemReason>> = {
  NOT_FOUND: { code: 'NOT_FOUND', detail: 'There is no such operation.' },
  BAD_REQUEST: { code: 'VALIDATION_FAILED', detail: 'The request cannot be read.' },
  PARSE_ERROR: { code: 'VALIDATION_FAILED', detail: 'The request cannot be read.' },
  PAYLOAD_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', detail: 'The body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as JSON, with Content-Type: application/json.',
  },
  METHOD_NOT_SUPPORTED: {
    code: 'METHOD_NOT_ALLOWED',
    detail: 'Queries take GET, mutations POST.',
  },
};

/** What to say of an error that reached a door: the refusal, the fields of bad input, or that the fault is ours. */
export function readRefusal(error: TRPCError): ProblemReason {
  if (error instanceof RefusalError) return error.refusal;
  if (error.cause instanceof z.ZodError) {
    return {
      code: 'VALIDATION_FAILED',
      detail: 'Some fields are not as expected.',
      fields: readFields(error.cause),
    };
  }
  return doorReasons[error.code] ?? describeFault(error.cause);
}
