import { grantsOf, type Actor } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Account } from './account.ts';

/** Who signed a request: a person by their session, or an API key by its credential. */
export type Principal =
  | { kind: 'person'; id: string; email: string; name: string }
  | { kind: 'key'; id: string; key: string; owner: string };

async function findActor(
  repositories: Repositories,
  principal: Principal,
  account: Account,
): Promise<Actor | undefined> {
  const { id } = account;
  if (principal.kind === 'key') {
    const key =
      principal.owner === account.slug && (await repositories.keys.find(id, principal.id));
    if (!key) return undefined;
    const grants = grantsOf(await repositories.roles.findMany(id, key.roleIds));
    return { kind: 'key', id: key.id, name: key.key, grants };
  }
  const member = await repositories.members.findByPerson(id, principal.id);
  if (!member) return undefined;
  const grants = grantsOf(await repositories.roles.findMany(id, member.roleIds));
  return { kind: 'member', id: member.id, name: member.email, grants };
}

/** Finds the account and what the principal may do in it. An account that is not theirs is not told apart from none. */
export async function enterAccount(
  ports: Ports,
  principal: Principal,
  slug: string,
): Promise<Result<{ account: Account; actor: Actor }>> {
  const account = await ports.store.accounts.findBySlug(slug);
  const actor = account && (await findActor(ports.store, principal, account));
  return account && actor
    ? ok({ account, actor })
    : refuse('NOT_FOUND', 'There is no such account, or you are not a member of it.');
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
