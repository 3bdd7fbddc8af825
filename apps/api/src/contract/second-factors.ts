/** A person's authenticator app, as it is kept. */
export interface SecondFactorRecord {
  personId: string;
  /** The app's secret, which only the server's own opens. */
  sealedSecret: Uint8Array;
  createdAt: Date;
}

/** What a person is asked for besides the password. */
export interface KeptFactors {
  app: SecondFactorRecord | null;
  /** How many they have. */
  passkeys: number;
  recoveryCodesLeft: number;
}

/** Where second factors are kept. Of a recovery code only a hash is. */
export interface SecondFactorRecords {
  /** `undefined` for who has neither an app nor a passkey. */
  find(personId: string): Promise<KeptFactors | undefined>;
  /**
   * Adds an app.
   *
   * @param step the time step of the code that confirmed it.
   * @param recoveryHashes kept where the person has no recovery code.
   * @returns whether those were kept; `undefined` when the person has an app already: nothing was written then.
   */
  add(
    factor: SecondFactorRecord,
    step: number,
    recoveryHashes: readonly string[],
  ): Promise<{ recoveryCodesKept: boolean } | undefined>;
  /** Takes a time step for good: a code of it, or of one before, is not taken again. @returns whether it was free. */
  takeStep(personId: string, step: number): Promise<boolean>;
  /** Uses a recovery code up. @param hashes one for each of the server's secrets. @returns whether there was one. */
  useRecoveryCode(personId: string, hashes: readonly string[]): Promise<boolean>;
  replaceRecoveryCodes(personId: string, hashes: readonly string[]): Promise<void>;
  /** Removes the app, and the recovery codes with the last factor. */
  remove(personId: string): Promise<void>;
}
