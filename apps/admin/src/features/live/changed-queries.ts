import type { QueryFilters } from '@tanstack/react-query';
import { externalKeysScope } from '../external-keys/queries.ts';
import { keysScope } from '../keys/queries.ts';
import { membersScope } from '../members/queries.ts';
import { rolesScope } from '../roles/queries.ts';
import { accountsQuery } from '../session/queries.ts';
import { settingsQuery } from '../settings/queries.ts';
import { webhooksScope } from '../webhooks/queries.ts';
import type { ChangedThing } from './follow-account.ts';

const scopes = {
  account: () => accountsQuery.queryKey,
  auditEvents: (account) => ['account', account, 'audit'],
  externalKeys: externalKeysScope,
  keys: keysScope,
  members: membersScope,
  roles: rolesScope,
  settings: (account) => settingsQuery(account).queryKey,
  webhooks: webhooksScope,
} as const satisfies Record<ChangedThing['noun'], (account: string) => readonly unknown[]>;

/** What was read of one key, in the scope of all of them: `['account', slug, 'keys', 'one', id]`. */
const ofOneKey = ['one', 'usage'];

/** What was read that no longer holds when a thing has changed. */
export function changedQueries(account: string, { noun, id }: ChangedThing): QueryFilters {
  const queryKey = scopes[noun](account);
  if (noun !== 'keys' || id === null) return { queryKey };
  return {
    queryKey,
    predicate: ({ queryKey: [, , , part, read] }) =>
      !ofOneKey.includes(String(part)) || read === id,
  };
}
