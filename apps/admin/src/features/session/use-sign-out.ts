import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { openApi } from '../../lib/api.ts';

/** Ends the session and forgets all that was read in it. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async () => {
    await openApi.session.signOut.mutate();
    await router.navigate({ to: '/sign-in' });
    queryClient.clear();
  };
}
