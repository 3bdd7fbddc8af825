import { queryOptions } from '@tanstack/react-query';
import { openApi } from '../../lib/api.ts';

/** To which account an invitation leads. Consumes nothing; what it says is forgotten with the page. */
export const invitationQuery = (invitation: string) =>
  queryOptions({
    queryKey: ['invitation'],
    queryFn: ({ signal }) => openApi.invitations.preview.mutate({ invitation }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
