import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const membersScope = (account: string) => ['account', account, 'members'] as const;

/** The members, the invited among them. */
export const membersQuery = (account: string) =>
  queryOptions({
    queryKey: membersScope(account),
    queryFn: async ({ signal }) => (await api.members.list.query({ account }, { signal })).items,
  });
