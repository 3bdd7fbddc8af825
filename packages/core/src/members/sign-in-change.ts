import type { Person } from '../accounts/create-account.ts';
import type { AuditAction } from '../audit/event.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Ports } from '../ports.ts';
import { noteInEachAccount } from './in-each-account.ts';

/** A change of what a person signs in with. */
export type SignInChange = Exclude<Extract<AuditAction, `sign-in.${string}`>, 'sign-in.failed'>;

/** Writes down a change of what a person signs in with, in each account that the person is a member of. */
export async function noteSignInChange(
  ports: Ports,
  person: Pick<Person, 'id'>,
  action: SignInChange,
  from: string | null,
): Promise<void> {
  await noteInEachAccount(ports, person, from, async (repositories, call, subject) =>
    recordEvent(ports, repositories, call, { action, subject }),
  );
}
