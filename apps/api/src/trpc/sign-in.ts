import type { Person } from '@latchkey/core';
import type { Context } from './context.ts';
import { RefusalError } from './refusal-error.ts';

/** What somebody knows who says that they are a person. */
export interface Proof {
  email: string;
  password: string;
}

/**
 * Checks who somebody is. Attempts at the same address are limited, whichever procedure they are made with.
 *
 * @throws {RefusalError}
 */
export async function provePerson(
  { limits: { attempts }, from, people }: Pick<Context, 'limits' | 'from' | 'people'>,
  { email, password }: Proof,
): Promise<Person> {
  const limited = await attempts.begin(email, from);
  if (limited) throw new RefusalError(limited);
  const person = await people.checkPassword(email, password);
  if (!person) {
    const detail = 'The address or the password is wrong.';
    throw new RefusalError({ code: 'UNAUTHENTICATED', detail });
  }
  await attempts.succeed(email, from);
  return person;
}
