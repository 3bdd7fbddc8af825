import { addAccount, type Person } from '../accounts/create-account.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Actor } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Member } from './member.ts';

/** What became of the account and the person. */
export type Appointment = 'account-created' | 'appointed' | 'owner-before';

/**
 * Makes a person an owner of an account on the operator's word, and the account too if there is none: the way back in when no owner can
 * sign in. In an instance that nobody has set up, they become its administrator.
 *
 * @param slug of the account.
 */
export async function appointOwner(
  ports: Ports,
  person: Person,
  slug: string,
): Promise<Result<Appointment>> {
  return ports.store.transaction(async (repositories) => {
    const account = await repositories.accounts.findBySlug(slug);
    if (!account) {
      await repositories.instance.claim(person.id);
      const added = await addAccount(ports, repositories, { slug, name: slug }, person, null);
      return added.ok ? ok('account-created') : added;
    }
    await repositories.audit.head(account.id);
    const roles = await repositories.roles.list(account.id);
    const ownerRole = roles.find((role) => role.predefined === 'owner');
    if (!ownerRole) return refuse('NOT_FOUND', 'This account has no role Owner.');
    const members = await repositories.members.list(account.id);
    const before = members.find(({ email }) => email === person.email);
    if (before?.membership.state === 'active' && before.roleIds.includes(ownerRole.id)) {
      return ok('owner-before');
    }
    const now = ports.clock.now();
    const member: Member = {
      id: before?.id ?? ports.newId(),
      accountId: account.id,
      email: person.email,
      name: person.name,
      roleIds: [...new Set([...(before?.roleIds ?? []), ownerRole.id])],
      createdAt: before?.createdAt ?? now,
      membership:
        before?.membership.state === 'active'
          ? before.membership
          : { state: 'active', personId: person.id, joinedAt: now },
    };
    if (!(await repositories.members.save(member))) {
      return refuse('ALREADY_MEMBER', 'This person is a member under another address.');
    }
    const system: Actor = { kind: 'system' };
    await recordEvent(
      ports,
      repositories,
      { account, actor: system, from: null },
      {
        action: before?.membership.state === 'active' ? 'member.edited' : 'member.joined',
        subject: person.email,
        details: {
          roles: roles.filter(({ id }) => member.roleIds.includes(id)).map(({ name }) => name),
        },
      },
    );
    return ok('appointed');
  });
}
