import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const webhooksScope = (account: string) => ['account', account, 'webhooks'] as const;

/** Where the account wants to be told of things. */
export const webhooksQuery = (account: string) =>
  queryOptions({
    queryKey: [...webhooksScope(account), 'list'],
    queryFn: async ({ signal }) => (await api.webhooks.list.query({ account }, { signal })).items,
  });
