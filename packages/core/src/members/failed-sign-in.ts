import type { Person } from '../accounts/create-account.ts';
import { noteRefusal } from '../call.ts';
import type { Ports } from '../ports.ts';
import type { Refusal } from '../refusals.ts';
import { noteInEachAccount } from './in-each-account.ts';

/**
 * Writes down that somebody who named a person failed to prove that they are this person, in each account that the person is a member
 * of: once a minute at the most.
 */
export async function noteFailedSignIn(
  ports: Ports,
  person: Person,
  refusal: Refusal,
  from: string | null,
): Promise<void> {
  await noteInEachAccount(ports, person, from, async (repositories, call, subject) =>
    noteRefusal(ports, repositories, call, { action: 'sign-in.failed', subject }, refusal),
  );
}
