import { queryOptions } from '@tanstack/react-query';
import { openApi } from '../../lib/api.ts';

/** Whose password a link is for. Consumes nothing; what it says is forgotten with the page. */
export const resetQuery = (reset: string) =>
  queryOptions({
    queryKey: ['password-reset'],
    queryFn: ({ signal }) => openApi.passwordResets.preview.mutate({ reset }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
