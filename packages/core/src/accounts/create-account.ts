import { recordEvent } from '../audit/record-event.ts';
import { noteRefusalOutside } from '../call.ts';
import type { Actor } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import { predefinedRoles, type Role } from '../roles/role.ts';
import type { Account } from './account.ts';
import type { Principal } from './enter-account.ts';

/** The account to create. */
export interface AccountInput {
  slug: string;
  name: string;
}

/** A person as the sign-in knows them. */
export interface Person {
  id: string;
  email: string;
  name: string;
}

/** Adds an account with its predefined roles and its first owner, in the transaction at hand. */
export async function addAccount(
  ports: Ports,
  repositories: Repositories,
  input: AccountInput,
  owner: Person,
  from: string | null,
): Promise<Result<{ account: Account; actor: Actor }>> {
  const now = ports.clock.now();
  const account: Account = { id: ports.newId(), ...input, renewalPeriodMonths: 3, createdAt: now };
  if (!(await repositories.accounts.add(account))) {
    return refuse('SLUG_TAKEN', 'Another account has this slug. Choose another.');
  }
  const roles = predefinedRoles.map((role): Role => ({
    ...role,
    id: ports.newId(),
    accountId: account.id,
    createdAt: now,
  }));
  for (const role of roles) await repositories.roles.save(role);
  const memberId = ports.newId();
  await repositories.members.save({
    id: memberId,
    accountId: account.id,
    email: owner.email,
    name: owner.name,
    roleIds: roles.filter((role) => role.predefined === 'owner').map((role) => role.id),
    createdAt: now,
    membership: { state: 'active', personId: owner.id, joinedAt: now },
  });
  const actor: Actor = {
    kind: 'member',
    id: memberId,
    name: owner.email,
    grants: { permissions: new Set(predefinedRoles[0].permissions), owner: true },
  };
  await recordEvent(
    ports,
    repositories,
    { account, actor, from },
    {
      action: 'account.created',
      subject: account.slug,
    },
  );
  return ok({ account, actor });
}

/**
 * Creates an account. Only the instance's administrator may; they become its owner. That somebody else tried is an audit event of the
 * accounts that they belong to.
 */
export async function createAccount(
  ports: Ports,
  principal: Principal,
  input: AccountInput,
  from: string | null,
): Promise<Result<Account>> {
  const { administratorId } = await ports.store.instance.read();
  if (principal.kind === 'key' || administratorId !== principal.id) {
    const detail =
      principal.kind === 'key'
        ? 'No key can create accounts.'
        : 'Only the person who set this instance up can create accounts.';
    const refused = refuse('FORBIDDEN', detail);
    await noteRefusalOutside(ports, principal, from, 'administrator', refused.refusal);
    return refused;
  }
  return ports.store.transaction(async (repositories) => {
    const added = await addAccount(ports, repositories, input, principal, from);
    return added.ok ? ok(added.value.account) : added;
  });
}

/**
 * Sets the instance up: its first account, with its administrator as the owner. Works once; of several at the same time, for one.
 */
export async function setUpInstance(
  ports: Ports,
  person: Person,
  input: AccountInput,
  from: string | null,
): Promise<Result<Account>> {
  return ports.store.transaction(async (repositories) => {
    if (!(await repositories.instance.claim(person.id))) {
      return refuse('ALREADY_SET_UP', 'This instance is set up already. Sign in.');
    }
    const added = await addAccount(ports, repositories, input, person, from);
    if (!added.ok) return added;
    const { account, actor } = added.value;
    await recordEvent(
      ports,
      repositories,
      { account, actor, from },
      {
        action: 'instance.set-up',
        subject: account.slug,
      },
    );
    return ok(account);
  });
}
