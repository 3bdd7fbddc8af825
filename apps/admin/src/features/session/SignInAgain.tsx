import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Dialog, DialogBody } from '@latchkey/ui';
import type { Person } from '../../lib/api.ts';
import { sessionEnd } from '../../lib/session-end.ts';
import { useStore } from '../../lib/store.ts';
import { useWords } from '../../lib/words/index.ts';
import { personQuery } from './queries.ts';
import { SignInForm } from './SignInForm.tsx';

/** Asks to sign in when the session has ended, upon the page as it is: what was typed is kept. */
export function SignInAgain() {
  const waiting = useStore(sessionEnd);
  const words = useWords().session;
  const queryClient = useQueryClient();
  const router = useRouter();
  const before = queryClient.getQueryData(personQuery.queryKey);

  const goOn = async (person: Person) => {
    // Another person may do other things: nothing of the former one's page stays.
    if (before && before.id !== person.id) location.assign('/');
    else waiting?.signedIn();
    await queryClient.invalidateQueries();
  };

  const giveUp = async () => {
    await router.navigate({ to: '/sign-in', search: { return: router.state.location.href } });
    // Only now: a page that is still shown would ask the API anew, and so ask the person again.
    waiting?.givenUp();
  };

  return (
    <Dialog
      open={waiting !== null}
      onOpenChange={(open) => !open && void giveUp()}
      title={words.againTitle}
      description={words.againText}
      size="sm"
      closeOnOutsideClick={false}
    >
      <DialogBody>
        <SignInForm email={before?.email} onSignedIn={goOn} />
      </DialogBody>
    </Dialog>
  );
}
