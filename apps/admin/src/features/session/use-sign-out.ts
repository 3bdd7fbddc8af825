import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useToast } from '@latchkey/ui/toast';
import { openApi } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { sessionEnd } from '../../lib/session-end.ts';
import { forgetCursors } from '../keys/cursors.ts';
import { useWords } from '../../lib/words/index.ts';

/** Ends the session and forgets all that was read in it; says so when it could not be ended. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const words = useWords();
  return async () => {
    try {
      await openApi.session.signOut.mutate();
    } catch (error) {
      toast({
        tone: 'danger',
        title: words.shell.signOutFailed,
        description: describeFailure(readFailure(error), words),
      });
      return;
    }
    await queryClient.cancelQueries();
    await router.navigate({ to: '/sign-in' });
    // What was under way may have met the end of the session, which the person wanted: they are not asked about it.
    sessionEnd.get()?.givenUp();
    queryClient.clear();
    forgetCursors();
  };
}
