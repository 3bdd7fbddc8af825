import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionEnd } from '../../lib/session-end.ts';
import { useStore } from '../../lib/store.ts';
import { accountsQuery } from '../session/queries.ts';
import { changedQueries } from './changed-queries.ts';
import { followAccount } from './follow-account.ts';

/** Shows what others change in an account, as they change it. @param account its slug */
export function useLiveAccount(account: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const signedIn = useStore(sessionEnd) === null;
  useEffect(() => {
    if (!signedIn) return;
    return followAccount(account, {
      onChanged(things) {
        for (const thing of things) {
          void queryClient.invalidateQueries(changedQueries(account, thing));
        }
      },
      async onRefused() {
        // Whoever is no longer signed in is asked to be by the next call, with the page kept.
        await queryClient.invalidateQueries({ queryKey: ['account', account] });
        // Whoever is no longer a member finds nothing here.
        await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
        await router.invalidate();
      },
    });
  }, [account, queryClient, router, signedIn]);
}
