import type { KeyStatus } from '../keys/key.ts';

/** What a request for verification says. */
export interface VerificationRequest {
  /** The key identifier; without it the token alone is looked up. */
  key?: string | undefined;
  token: string;
  /** The slug of the account whose resources are asked for; the key's own without it. */
  account?: string | undefined;
  /** All of them are needed. */
  permissions: readonly string[];
}

/** What the store knows of the token that was presented. */
export interface StoredCredential {
  tokenId: string;
  keyId: string;
  key: string;
  name: string;
  /** The slug of the account that owns the key. */
  owner: string;
  ownerId: string;
  status: KeyStatus;
  expiresAt: Date | null;
  /**
   * From then on the token is gone: the scheduled completion, for an old token whose replacement was delivered; `null` for none. It
   * holds to the moment, also before the sweep deletes the token.
   */
  endsAt: Date | null;
  /** The roles in the account that was asked for; `null` where that account grants the key nothing. */
  roles: readonly { name: string; permissions: readonly string[] }[] | null;
}

/** The answer to a verification. */
export type Verdict =
  | {
      valid: true;
      code: 'VALID';
      account: string;
      key: { id: string; key: string; name: string; account: string };
      roles: string[];
      permissions: string[];
    }
  | { valid: false; code: VerificationFailure };

export const verificationFailures = [
  'INVALID_CREDENTIALS',
  'INACTIVE',
  'EXPIRED',
  'INSUFFICIENT_PERMISSIONS',
] as const;
export type VerificationFailure = (typeof verificationFailures)[number];
