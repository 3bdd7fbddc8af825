import { setTimeout as wait } from 'node:timers/promises';
import {
  ok,
  refuse,
  Secret,
  toBase62,
  type MailLanguage,
  type Person,
  type Ports,
  type Result,
} from '@latchkey/core';
import type { PasswordResetRecords } from '../contract/password-resets.ts';
import type { AfterTheAnswer } from './after-the-answer.ts';
import type { People } from './people.ts';
import type { SecondFactors } from './second-factors.ts';
import type { SignInChanges } from './sign-in-changes.ts';

/** How long a link is good for, in milliseconds: an hour. */
const lifetime = 60 * 60 * 1000;

/** The longest that a mail is put off, in milliseconds. */
const longestDelay = 1000;

const gone = refuse('RESET_GONE', 'This link is no longer available. Ask for a new one.');

/** What somebody who forgot their password is told by mail. */
export type ResetMail =
  | { kind: 'link'; url: Secret }
  /** There is no password to forget. What they have instead: the provider's name, and whether there are passkeys. */
  | { kind: 'no-password'; provider: string | null; passkeys: boolean };

/** Sends it. @returns whether the mail server took it. */
export type SendResetMail = (
  to: string,
  language: MailLanguage,
  mail: ResetMail,
) => Promise<boolean>;

/** A link to choose a new password by, once. */
export interface IssuedReset {
  /** `{PUBLIC_URL}/password-resets/{secret}`. */
  url: Secret;
  expiresAt: Date;
}

/** The way back in for who forgot their password. */
export interface PasswordResets {
  /**
   * Has a link sent to the person of an address; absent where no mail is set up. Whether there is such a person is looked up after the
   * answer, at a moment of chance: so neither the time of this answer nor that of the next tells it.
   */
  ask?: (email: string, language: MailLanguage) => void;
  /** Makes a person's link, for whom the operator hands it to. The one before it is worthless then. */
  issue(personId: string): Promise<IssuedReset>;
  /** Whose password a link is for. Consumes nothing. */
  preview(reset: Secret): Promise<Result<{ email: string; expiresAt: Date }>>;
  /**
   * Gives the person of a link a new password, ends all their sessions and begins none: a second factor is asked for when they sign in.
   * They are told, and so are their accounts. Of any number of simultaneous callers one succeeds.
   */
  choose(reset: Secret, password: string, from: string | null): Promise<Result<Person>>;
  /** Takes a person's link back: they have got in meanwhile, and changed their password. */
  withdraw(personId: string): Promise<void>;
}

/** What it is made of, besides the ports. */
export interface PasswordResetParts {
  records: PasswordResetRecords;
  people: Pick<
    People,
    'endSessions' | 'find' | 'get' | 'hasIdentity' | 'hasPassword' | 'setPassword'
  >;
  secondFactors: Pick<SecondFactors, 'find'>;
  /** What the company's identity provider is called, where one is set up. */
  providerName: string | undefined;
  /** Absent where no mail is set up. */
  send: SendResetMail | undefined;
  signInChanges: SignInChanges;
  afterTheAnswer: Pick<AfterTheAnswer, 'begin'>;
}

/** Makes it. */
export function makePasswordResets(
  { clock, crypto, keyring, settings }: Ports,
  parts: PasswordResetParts,
): PasswordResets {
  const { afterTheAnswer, people, providerName, records, secondFactors, send, signInChanges } =
    parts;
  const hashesOf = (reset: Secret) => keyring.hashes('password-reset', reset);

  async function issue(personId: string): Promise<IssuedReset> {
    const reset = new Secret(toBase62(crypto.randomBytes(32), 43));
    const expiresAt = new Date(clock.now().getTime() + lifetime);
    await records.put({ personId, hash: keyring.hash('password-reset', reset), expiresAt });
    return {
      url: new Secret(`${settings.publicUrl}/password-resets/${reset.reveal()}`),
      expiresAt,
    };
  }

  async function write({ id }: Person): Promise<ResetMail> {
    if (await people.hasPassword(id)) return { kind: 'link', url: (await issue(id)).url };
    const isKnownThere = await people.hasIdentity(id);
    const factors = await secondFactors.find(id);
    return {
      kind: 'no-password',
      provider: isKnownThere && providerName !== undefined ? providerName : null,
      passkeys: factors !== null && factors.passkeys > 0,
    };
  }

  async function mailLater(
    sendMail: SendResetMail,
    email: string,
    language: MailLanguage,
  ): Promise<void> {
    const [chance = 0] = crypto.randomBytes(1);
    await wait((longestDelay * (chance + 1)) / 256);
    const person = await people.find(email);
    if (person) await sendMail(person.email, language, await write(person));
  }

  return {
    ...(send && {
      ask(email, language) {
        afterTheAnswer.begin(async () => mailLater(send, email, language));
      },
    }),

    issue,

    async preview(reset) {
      const found = await records.find(hashesOf(reset), clock.now());
      const person = found && (await people.get(found.personId));
      return person ? ok({ email: person.email, expiresAt: found.expiresAt }) : gone;
    },

    async choose(reset, password, from) {
      const personId = await records.use(hashesOf(reset), clock.now());
      const person = personId === undefined ? null : await people.get(personId);
      if (!person) return gone;
      await people.setPassword(person.id, password);
      await people.endSessions(person.id);
      await signInChanges.tell(person, 'sign-in.password-reset', from);
      return ok(person);
    },

    withdraw: async (personId) => records.withdraw(personId),
  };
}
