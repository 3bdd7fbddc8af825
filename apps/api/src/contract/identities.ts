/** Who somebody is at an identity provider: the two together are one person's for ever, which an address is not. */
export interface Identity {
  issuer: string;
  /** Means something to the issuer alone. */
  subject: string;
}

/** How the sign-in library calls a person's password, in the place of an issuer. */
export const passwordIssuer = 'credential';

/** What came of taking something from a person that they sign in with. They keep it where it is their only way in. */
export type Removal = 'removed' | 'none' | 'only-way-in';

/** Where it is kept who is connected with an identity; the sign-in library writes there too. */
export interface IdentityRecords {
  /** Forgets every identity of a person who has a password or a passkey. */
  forget(personId: string): Promise<Removal>;
}
