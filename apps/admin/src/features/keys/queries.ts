import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { queryOf } from './search.ts';
import type { KeysSearch } from './search.ts';

/** All that was read of an account's keys. */
export const keysScope = (account: string) => ['account', account, 'keys'] as const;

/** Uses are counted by the minute, and are no change that is told of. In milliseconds. */
const countInterval = 60_000;

/** A page of the list. While the next one comes, the former one stays. */
export const keysQuery = (account: string, search: KeysSearch) =>
  queryOptions({
    queryKey: [...keysScope(account), 'list', queryOf(search)],
    queryFn: ({ signal }) => api.keys.list.query({ account, ...queryOf(search) }, { signal }),
    placeholderData: keepPreviousData,
  });

export const keyQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [...keysScope(account), 'one', id],
    queryFn: ({ signal }) => api.keys.get.query({ account, id }, { signal }),
  });

/** How often a key was used of late. */
export const keyUsageQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [...keysScope(account), 'usage', id],
    queryFn: ({ signal }) => api.keys.usage.query({ account, id }, { signal }),
    refetchInterval: countInterval,
  });

/** The keys in figures, and those to look after first. */
export const keysOverviewQuery = (account: string) =>
  queryOptions({
    queryKey: [...keysScope(account), 'overview'],
    queryFn: ({ signal }) => api.keys.overview.query({ account }, { signal }),
    refetchInterval: countInterval,
  });
