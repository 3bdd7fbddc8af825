import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const webhooksScope = (account: string) => ['account', account, 'webhooks'] as const;

/** Where the account wants to be told of things. */
export const webhooksQuery = (account: string) =>
  queryOptions({
    queryKey: [...webhooksScope(account), 'list'],
    queryFn: async ({ signal }) => (await api.webhooks.list.query({ account }, { signal })).items,
  });

export const webhookQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: [...webhooksScope(account), 'one', id],
    queryFn: ({ signal }) => api.webhooks.get.query({ account, id }, { signal }),
  });

/** How often to look again while an attempt is under way or about to be, in milliseconds. */
const soon = 1500;

/** And while one is to come later. */
const later = 30_000;

/** An attempt that is nearer than this may be under way: until its outcome is known, the next stands a minute ahead. */
const near = 90_000;

/** What was sent to a webhook, newest first, a page after the other: looked at again while there is something to come. */
export const deliveriesQuery = (account: string, id: string) =>
  infiniteQueryOptions({
    queryKey: [...webhooksScope(account), 'deliveries', id],
    queryFn: ({ pageParam, signal }) =>
      api.webhooks.deliveries.query(
        { account, id, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => {
      const pending = (state.data?.pages ?? [])
        .flatMap(({ items }) => items)
        .flatMap(({ nextAttemptAt }) =>
          nextAttemptAt === null ? [] : [Date.parse(nextAttemptAt)],
        );
      if (pending.length === 0) return false;
      return Math.min(...pending) < Date.now() + near ? soon : later;
    },
  });
