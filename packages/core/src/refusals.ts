/** Every reason for which the domain says no. Adapters map this list exhaustively; a code never changes its meaning. */
export const refusalCodes = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'STALE',
  'LINK_GONE',
  'INVITATION_GONE',
  'RESET_GONE',
  'RENEWAL_LINK_OPEN',
  'RENEWAL_PENDING',
  'NO_PENDING_RENEWAL',
  'NO_OPEN_LINK',
  'ROLE_IN_USE',
  'ROLE_PREDEFINED',
  'ROLE_NAME_TAKEN',
  'SLUG_TAKEN',
  'LAST_OWNER',
  'ALREADY_MEMBER',
  'EXTERNAL_KEY_EXISTS',
  'OWN_KEY',
  'ALREADY_SET_UP',
  'WRONG_PASSWORD',
  'WRONG_CODE',
  'SECOND_FACTOR_REQUIRED',
  'SECOND_FACTOR_ON',
  'WRONG_PASSKEY',
  'PASSKEY_EXISTS',
  'TOO_MANY_PASSKEYS',
  'ONLY_WAY_IN',
  'RATE_LIMITED',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** One field of the input that could not be accepted. */
export interface FieldIssue {
  /** Where in the input, dotted: `roleIds.0`. */
  path: string;
  message: string;
}

/** What a person can be asked for besides the password. Recovery codes stand in for either of the others. */
export type SecondFactor = 'app' | 'passkey' | 'recovery-code';

export interface Refusal {
  code: RefusalCode;
  /** One sentence for a person. Never holds a secret. */
  detail: string;
  /** Only with `VALIDATION_FAILED`. */
  fields?: readonly FieldIssue[];
  /** Only with `RATE_LIMITED`: after how many seconds to try again. */
  retryAfter?: number;
  /** Only with `SECOND_FACTOR_REQUIRED`: what the person has, of which one is enough. */
  factors?: readonly SecondFactor[];
}
