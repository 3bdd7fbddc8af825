import type { Person, Secret } from '@latchkey/core';

/** A person who has just signed in, and the cookies that keep them so. */
export interface SignedIn {
  person: Person;
  cookies: readonly string[];
}

/** The people who sign in. Everything behind it is the sign-in library's. */
export interface People {
  /** Whoever the request's session belongs to; `null` without one. */
  readSession(headers: Headers): Promise<Person | null>;
  /** `null` for a wrong address or password: which of the two is told to nobody. */
  signIn(email: string, password: string, headers: Headers): Promise<SignedIn | null>;
  /** Ends the request's session. @returns the cookies that take it from the browser. */
  signOut(headers: Headers): Promise<readonly string[]>;
  isRegistered(email: string): Promise<boolean>;
  /** Registers a person and signs them in. `null` when the address is taken: see {@link People.isRegistered}. */
  register(person: { email: string; name: string; password: string }): Promise<SignedIn | null>;
  /** Takes back a registration that led nowhere. */
  unregister(personId: string): Promise<void>;
  /** Sends an invitation by mail; absent where no mail is set up. @returns whether it was sent. */
  mailInvitation?: (email: string, account: string, url: Secret) => Promise<boolean>;
}
