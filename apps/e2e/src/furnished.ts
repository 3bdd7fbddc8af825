import { makeAccount } from './account.ts';
import type { Account, Key, Role } from './account.ts';
import { age } from './database.ts';
import type { Latchkey } from './latchkey.ts';

/** A name as long as it may be, with nowhere to break it. */
export const longName = `Integração-com-o-${'armazém-'.repeat(10)}São`;

export interface Furnished {
  readonly role: Role;
  /** Each stands in the list by this name. */
  readonly keys: Readonly<Record<'used' | 'due' | 'off' | 'renewing' | 'unopened', Key>>;
}

/** Puts something of everything into an account, by long names where there is a name. */
export async function furnish(
  latchkey: Pick<Latchkey, 'url'> & { readonly database: string },
  account: Account,
  partnerSlug: string,
): Promise<Furnished> {
  const base = `/v1/accounts/${account.slug}`;
  const role = await account.role(
    `Leitora-de-${'encomendas-'.repeat(4)}fim`,
    ['orders.read', 'keys.view', `stock.${'warehouse.'.repeat(8)}read`],
    'Reads the orders, and what is in stock of each of the articles that they name.',
  );
  const roles = [role, await account.predefinedRole('Viewer')];
  const { key: used } = await account.deliveredKey(longName, { roles });
  const { key: due } = await account.deliveredKey('Monthly report', { roles });
  const { key: off } = await account.deliveredKey('Switched off');
  const { key: renewing } = await account.deliveredKey('Being renewed', { roles });
  const { key: unopened } = await account.key('Unopened');
  age(latchkey.database, due, 123);
  age(latchkey.database, used, 245);
  await account.renew(renewing);
  await account.owner.ask('POST', `${base}/keys/${off.id}/deactivate`);

  await account.member('Vera Viewer', roles);
  const email = `somebody.with.quite.a.long.address@${'a-subsidiary.'.repeat(4)}example`;
  await account.owner.ask('POST', `${base}/members`, { email, roleIds: [role.id] });

  const partner = await makeAccount(latchkey, account.owner, partnerSlug, longName.slice(0, 60));
  const { key: theirs } = await partner.key(longName);
  const roleIds = roles.map(({ id }) => id);
  await account.owner.ask('POST', `${base}/external-keys`, { key: theirs.key, roleIds });
  return { role, keys: { used, due, off, renewing, unopened } };
}
