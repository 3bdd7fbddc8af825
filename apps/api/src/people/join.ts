import { acceptInvitation, type Person, type Ports, type Secret } from '@latchkey/core';
import type { People } from './people.ts';

/**
 * Lets a person join by the invitation that they were registered for a moment ago. Where it is gone by now, so is the person, unless they
 * are a member already: whoever proved the same in another window is the same person, and was faster.
 */
export async function joinAtOnce(
  ports: Ports,
  people: Pick<People, 'unregister'>,
  invitation: Secret,
  person: Person,
  from: string | null,
): ReturnType<typeof acceptInvitation> {
  const joined = await acceptInvitation(ports, invitation, person, from);
  if (joined.ok) return joined;
  const accounts = await ports.store.accounts.listForPerson(person.id);
  if (accounts.length === 0) await people.unregister(person.id);
  return joined;
}
