import type { Person, Secret } from '@latchkey/core';
import type { Identity, Removal } from '../contract/identities.ts';

/** A person who has just signed in, and the cookies that keep them so. */
export interface SignedIn {
  person: Person;
  cookies: readonly string[];
}

/** Where a sign-in comes from. */
export interface SignInOrigin {
  /** The request's headers: the session that they carry ends, and the browser that they name is kept. */
  headers: Headers;
  /** The client's address. */
  from: string | null;
}

/** A time during which a person is signed in, in one browser. */
export interface Session {
  id: string;
  /** As the browser calls itself. */
  userAgent: string | null;
  /** The address that it began at. */
  from: string | null;
  createdAt: Date;
  /** At most {@link activityPrecision} behind. */
  lastActiveAt: Date;
}

/** How long a session's last activity may lag behind, in milliseconds: a minute. A write for each request would be many. */
export const activityPrecision = 60_000;

/** The people who sign in, their passwords and their sessions. Everything behind it is the sign-in library's. */
export interface People {
  /** Whose the request's session is, and its id; `null` without one. Notes that it is in use. */
  readSession(headers: Headers): Promise<{ id: string; person: Person } | null>;
  /** `null` for a wrong address or password: which of the two is told to nobody, also not by the time it takes. */
  checkPassword(email: string, password: string): Promise<Person | null>;
  /** Signs a person in who proved who they are. The request's own session ends: none outlives a sign-in. */
  beginSession(person: Person, origin: SignInOrigin): Promise<SignedIn>;
  /** Ends the request's session. @returns the cookies that take it from the browser. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** A person's sessions that have not expired, the one used last first. */
  listSessions(personId: string): Promise<Session[]>;
  /** @returns whether the person had such a session. */
  endSession(personId: string, id: string): Promise<boolean>;
  /** Ends all of a person's sessions. @param but this one. */
  endSessions(personId: string, but?: string): Promise<void>;
  /** The person of an address; `null` when nobody is registered with it. */
  find(email: string): Promise<Person | null>;
  /** The person of an id, as they are now. */
  get(personId: string): Promise<Person | null>;
  /** Whose an identity is; `null` when it is nobody's here. */
  findByIdentity(identity: Identity): Promise<Person | null>;
  /** Makes an identity a person's. @returns `false` when it is another's, or they have another one of its issuer. */
  connect(personId: string, identity: Identity): Promise<boolean>;
  /** Forgets every identity of the person, and ends their sessions. @returns whether they had one. */
  disconnect(personId: string): Promise<boolean>;
  /** Forgets every identity of a person who can sign in without. Their sessions go on. */
  giveUpIdentities(personId: string): Promise<Removal>;
  /** Whether the person has an identity, of whichever issuer. */
  hasIdentity(personId: string): Promise<boolean>;
  /** Whether the person has an identity of this issuer. */
  isConnected(personId: string, issuer: string): Promise<boolean>;
  /**
   * Registers a person who comes by a password or by an identity. `null` when the address (see {@link People.find}) or the identity is
   * taken.
   */
  register(
    person: { email: string; name: string } & ({ password: string } | { identity: Identity }),
  ): Promise<Person | null>;
  /** Takes back a registration that led nowhere. */
  unregister(personId: string): Promise<void>;
  rename(personId: string, name: string): Promise<void>;
  /** Whether they have a password here: who came by the company's identity provider has none. */
  hasPassword(personId: string): Promise<boolean>;
  /** Changes the password of a person who has one. */
  changePassword(personId: string, password: string): Promise<void>;
  /** Gives a person a password, in the place of the one that they have, if any. */
  setPassword(personId: string, password: string): Promise<void>;
  /** Sends an invitation by mail; absent where no mail is set up. @returns whether it was sent. */
  mailInvitation?: (email: string, account: string, url: Secret) => Promise<boolean>;
}
