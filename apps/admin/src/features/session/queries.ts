import { queryOptions } from '@tanstack/react-query';
import { openApi } from '../../lib/api.ts';

/** Who is signed in. Fails with `UNAUTHENTICATED` when nobody is. */
export const personQuery = queryOptions({
  queryKey: ['person'],
  queryFn: ({ signal }) => openApi.session.get.query(undefined, { signal }),
  staleTime: 60_000,
});

/** The accounts that they are a member of, with what they may do in each. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await openApi.accounts.list.query(undefined, { signal })).items,
  staleTime: 60_000,
});

/** Whether the instance waits to be set up. */
export const setUpQuery = queryOptions({
  queryKey: ['set-up'],
  queryFn: ({ signal }) => openApi.setUp.get.query(undefined, { signal }),
});

/** What the instance says of itself; it changes only when it is started anew. */
export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  queryFn: ({ signal }) => openApi.instance.get.query(undefined, { signal }),
  staleTime: Infinity,
});
