import type { Person } from '../accounts/create-account.ts';
import type { AuditAction } from '../audit/event.ts';
import { recordEvent } from '../audit/record-event.ts';
import { changeAccount } from '../call.ts';
import { grantsOf } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';

/** A change of what a person signs in with. */
export type SignInChange = Exclude<Extract<AuditAction, `sign-in.${string}`>, 'sign-in.failed'>;

/** Writes down a change of what a person signs in with, in each account that the person is a member of. */
export async function noteSignInChange(
  ports: Ports,
  person: Pick<Person, 'id'>,
  action: SignInChange,
  from: string | null,
): Promise<void> {
  for (const account of await ports.store.accounts.listForPerson(person.id)) {
    await changeAccount(ports, account.id, async (repositories) => {
      const member = await repositories.members.findByPerson(account.id, person.id);
      if (!member) return;
      const { id, email } = member;
      const actor = { kind: 'member', id, name: email, grants: grantsOf([]) } as const;
      await recordEvent(ports, repositories, { account, actor, from }, { action, subject: email });
    });
  }
}
