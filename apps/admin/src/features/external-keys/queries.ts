import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const externalKeysScope = (account: string) =>
  ['account', account, 'external-keys'] as const;

/** The keys of other accounts that this one granted roles to. */
export const externalKeysQuery = (account: string) =>
  queryOptions({
    queryKey: externalKeysScope(account),
    queryFn: async ({ signal }) =>
      (await api.externalKeys.list.query({ account }, { signal })).items,
  });
