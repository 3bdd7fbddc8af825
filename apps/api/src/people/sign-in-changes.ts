import {
  noteSignInChange,
  readMailLanguage,
  type MailLanguage,
  type Person,
  type Ports,
  type SignInChange,
} from '@latchkey/core';
import type { AfterTheAnswer } from './after-the-answer.ts';

/** A change of what a person signs in with, as they are mailed of it. */
export interface SignInMail {
  change: SignInChange;
  at: Date;
  /** The address that it came from. */
  from: string | null;
}

/** Sends it. @returns whether the mail server took it. */
export type SendSignInMail = (
  to: string,
  language: MailLanguage,
  mail: SignInMail,
) => Promise<boolean>;

/** Tells of changes of what people sign in with. */
export interface SignInChanges {
  /**
   * Writes a change down in each account of the person. Where mail is set up, the person is mailed after the answer: whoever has their
   * session, and not their mailbox, cannot hide it from them.
   */
  tell(person: Person, change: SignInChange, from: string | null): Promise<void>;
}

/** Makes it. @param send absent where no mail is set up. */
export function makeSignInChanges(
  ports: Ports,
  afterTheAnswer: Pick<AfterTheAnswer, 'begin'>,
  send: SendSignInMail | undefined,
): SignInChanges {
  return {
    async tell(person, change, from) {
      const at = ports.clock.now();
      await noteSignInChange(ports, person, change, from);
      if (!send) return;
      afterTheAnswer.begin(async () => {
        const language = await readMailLanguage(ports, person.id);
        await send(person.email, language, { change, at, from });
      });
    },
  };
}
