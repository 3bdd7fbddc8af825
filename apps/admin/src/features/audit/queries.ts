import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { AuditSearch } from './search.ts';

/** The audit events, newest first, a page after the other. @param limit how many to a page */
export const auditEventsQuery = (account: string, search: AuditSearch, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'audit', search, limit],
    queryFn: ({ pageParam, signal }) =>
      api.auditEvents.list.query(
        { account, ...search, limit, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
