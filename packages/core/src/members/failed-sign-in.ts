import { noteRefusal, changeAccount } from '../call.ts';
import type { Person } from '../accounts/create-account.ts';
import { grantsOf } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import type { Refusal } from '../refusals.ts';

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
  for (const account of await ports.store.accounts.listForPerson(person.id)) {
    await changeAccount(ports, account.id, async (repositories) => {
      const member = await repositories.members.findByPerson(account.id, person.id);
      if (!member) return;
      const { id, email } = member;
      const actor = { kind: 'member', id, name: email, grants: grantsOf([]) } as const;
      const told = { action: 'sign-in.failed', subject: email } as const;
      await noteRefusal(ports, repositories, { account, actor, from }, told, refusal);
    });
  }
}
