import type { Call } from '../call.ts';
import { isExpired } from '../keys/expiry.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Member } from '../members/member.ts';
import { grantsOf, type Actor } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';

/** Who signed a request: a person by their session, or an API key by its credential. */
export type Principal =
  | { kind: 'person'; id: string; email: string; name: string }
  | { kind: 'key'; id: string; key: string; owner: string };

const noSuchAccount = refuse(
  'NOT_FOUND',
  'There is no such account, or you are not a member of it.',
);
const invalidCredential = refuse('UNAUTHENTICATED', 'This credential is no longer valid.');

type Roles = Pick<Repositories, 'roles'>;

async function asMember({ roles }: Roles, member: Member): Promise<Actor> {
  const { id, accountId, email, roleIds } = member;
  const grants = grantsOf(await roles.findMany(accountId, roleIds));
  return { kind: 'member', id, name: email, grants };
}

async function asKey({ roles }: Roles, { id, accountId, key, roleIds }: ApiKey): Promise<Actor> {
  return { kind: 'key', id, name: key, grants: grantsOf(await roles.findMany(accountId, roleIds)) };
}

async function findActor(
  repositories: Repositories,
  principal: Principal,
  account: Account,
): Promise<Actor | undefined> {
  const { id } = account;
  if (principal.kind === 'key') {
    const key =
      principal.owner === account.slug && (await repositories.keys.peek(id, principal.id));
    return key ? asKey(repositories, key) : undefined;
  }
  const member = await repositories.members.findByPerson(id, principal.id);
  return member && asMember(repositories, member);
}

/** Finds the account and what the principal may do in it. An account that is not theirs is not told apart from none. */
export async function enterAccount(
  ports: Ports,
  principal: Principal,
  slug: string,
): Promise<Result<{ account: Account; actor: Actor }>> {
  const account = await ports.store.accounts.findBySlug(slug);
  const actor = account && (await findActor(ports.store, principal, account));
  return account && actor ? ok({ account, actor }) : noSuchAccount;
}

/**
 * Reads again, inside the transaction of a change, who acts and what they may do: since their request began they may have been removed,
 * switched off, or given other roles.
 */
export async function findCallAgain(
  ports: Ports,
  repositories: Repositories,
  call: Call,
): Promise<Result<Call>> {
  const { actor } = call;
  const account = await repositories.accounts.findBySlug(call.account.slug);
  if (!account) return noSuchAccount;
  switch (actor.kind) {
    case 'member': {
      const member = await repositories.members.find(account.id, actor.id);
      return member?.membership.state === 'active'
        ? ok({ ...call, account, actor: await asMember(repositories, member) })
        : noSuchAccount;
    }
    case 'key': {
      const key = await repositories.keys.peek(account.id, actor.id);
      return key?.status === 'active' && !isExpired(key, ports.clock.now())
        ? ok({ ...call, account, actor: await asKey(repositories, key) })
        : invalidCredential;
    }
    case 'reader':
    case 'system':
      return ok({ ...call, account });
  }
}

/** The accounts of a principal, each with what they may do there. */
export async function listAccounts(
  ports: Ports,
  principal: Principal,
): Promise<{ account: Account; actor: Actor }[]> {
  const accounts =
    principal.kind === 'person'
      ? await ports.store.accounts.listForPerson(principal.id)
      : [await ports.store.accounts.findBySlug(principal.owner)];
  const entered = [];
  for (const account of accounts) {
    const actor = account && (await findActor(ports.store, principal, account));
    if (actor) entered.push({ account, actor });
  }
  return entered;
}
