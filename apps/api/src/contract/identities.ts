/** Who somebody is at an identity provider: the two together are one person's for ever, which an address is not. */
export interface Identity {
  issuer: string;
  /** Means something to the issuer alone. */
  subject: string;
}
