/** The second factor of a person, as it is kept. */
export interface SecondFactorRecord {
  personId: string;
  /** The authenticator app's secret, which only the server's own opens. */
  sealedSecret: Uint8Array;
  createdAt: Date;
}

/** Where second factors are kept. Of a recovery code only a hash is. */
export interface SecondFactorRecords {
  find(personId: string): Promise<(SecondFactorRecord & { recoveryCodesLeft: number }) | undefined>;
  /**
   * @param step the time step of the code that confirmed it.
   * @returns `false` when the person has one already; nothing was written then.
   */
  add(
    factor: SecondFactorRecord,
    step: number,
    recoveryHashes: readonly string[],
  ): Promise<boolean>;
  /** Takes a time step for good: a code of it, or of one before, is not taken again. @returns whether it was free. */
  takeStep(personId: string, step: number): Promise<boolean>;
  /** Uses a recovery code up. @param hashes one for each of the server's secrets. @returns whether there was one. */
  useRecoveryCode(personId: string, hashes: readonly string[]): Promise<boolean>;
  replaceRecoveryCodes(personId: string, hashes: readonly string[]): Promise<void>;
  remove(personId: string): Promise<void>;
}
