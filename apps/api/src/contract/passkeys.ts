import type { Removal } from './identities.ts';

/** A passkey, as it is kept. */
export interface PasskeyRecord {
  id: string;
  personId: string;
  /** What the authenticator calls it, in base64url. Nobody else's has the same. */
  credentialId: string;
  /** In COSE's form. */
  publicKey: Uint8Array;
  /** How often the authenticator says that it was used; 0 for ever where it does not count. */
  counter: number;
  /** How a browser reaches the authenticator, as it said itself: `internal`, `usb`. */
  transports: readonly string[];
  /** As its person calls it. */
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** A challenge that was answered. */
export interface UsedChallenge {
  hash: string;
  /** From then on nobody takes it anyway. */
  expiresAt: Date;
}

/** Where passkeys are kept. A challenge is answered once, on whichever node. */
export interface PasskeyRecords {
  /** A person's, the oldest first. */
  list(personId: string): Promise<PasskeyRecord[]>;
  find(credentialId: string): Promise<PasskeyRecord | undefined>;
  /**
   * @param recoveryHashes kept where the person has no recovery code.
   * @returns whether those were kept; `undefined` when the credential or the challenge is taken: nothing was written then.
   */
  add(
    passkey: PasskeyRecord,
    challenge: UsedChallenge,
    recoveryHashes: readonly string[],
  ): Promise<{ recoveryCodesKept: boolean } | undefined>;
  /**
   * Uses a passkey, and the challenge up.
   *
   * @returns `false` when the challenge was answered before, the counter did not go on, or the passkey is gone: nothing was written then.
   */
  use(
    passkey: Pick<PasskeyRecord, 'credentialId' | 'counter'>,
    challenge: UsedChallenge,
    now: Date,
  ): Promise<boolean>;
  /** @returns whether the person has such a passkey. */
  rename(personId: string, id: string, name: string): Promise<boolean>;
  /**
   * Removes a passkey, and the recovery codes with the last factor.
   *
   * @param identitiesSignIn whether an identity at a provider is a way in, as a password is.
   */
  remove(personId: string, id: string, identitiesSignIn: boolean): Promise<Removal>;
  /** Forgets the challenges that have expired. */
  eraseExpiredChallenges(now: Date): Promise<void>;
}
