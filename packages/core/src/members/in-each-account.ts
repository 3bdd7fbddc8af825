import type { Person } from '../accounts/create-account.ts';
import { changeAccount, type Call } from '../call.ts';
import { grantsOf } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';

/**
 * Writes down what a person did outside of any account, in each that the person is a member of.
 *
 * @param from the address that it came from.
 * @param note is given the person's address there, too: it is what the event is about.
 */
export async function noteInEachAccount(
  ports: Ports,
  person: Pick<Person, 'id'>,
  from: string | null,
  note: (repositories: Repositories, call: Call, email: string) => Promise<void>,
): Promise<void> {
  for (const account of await ports.store.accounts.listForPerson(person.id)) {
    await changeAccount(ports, account.id, async (repositories) => {
      const member = await repositories.members.findByPerson(account.id, person.id);
      if (!member) return;
      const { id, email } = member;
      const actor = { kind: 'member', id, name: email, grants: grantsOf([]) } as const;
      await note(repositories, { account, actor, from }, email);
    });
  }
}
