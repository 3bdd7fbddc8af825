import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const settingsQuery = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'settings'],
    queryFn: ({ signal }) => api.settings.get.query({ account }, { signal }),
  });
