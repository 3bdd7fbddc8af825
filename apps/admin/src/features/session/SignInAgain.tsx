import { useEffect, useEffectEvent, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Dialog, DialogBody, Notice } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import type { Person } from '../../lib/api.ts';
import { sessionEnd } from '../../lib/session-end.ts';
import { onSignedInElsewhere } from '../../lib/signed-in.ts';
import { useStore } from '../../lib/store.ts';
import { useWords } from '../../lib/words/index.ts';
import { providerQuery } from './provider.ts';
import { ProviderButton } from './ProviderButton.tsx';
import { personQuery } from './queries.ts';
import { SignInForm } from './SignInForm.tsx';

/** Asks to sign in when the session has ended, upon the page as it is: what was typed is kept. */
export function SignInAgain() {
  const waiting = useStore(sessionEnd);
  const { session: words, provider: providerWords } = useWords();
  const { data: provider = null } = useQuery(providerQuery);
  const [left, setLeft] = useState(false);
  const queryClient = useQueryClient();
  const router = useRouter();
  const before = queryClient.getQueryData(personQuery.queryKey);

  const goOn = async (person: Person) => {
    // Another person may do other things: nothing of the former one's page stays.
    if (before && before.id !== person.id) location.assign('/');
    else waiting?.signedIn();
    await queryClient.invalidateQueries();
  };

  const hear = useEffectEvent(async () => {
    const person = await openApi.session.get.query().catch(() => null);
    if (person) await goOn(person);
  });
  useEffect(() => onSignedInElsewhere(() => void hear()), []);

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
        {provider !== null && (
          <ProviderButton
            name={provider}
            label={providerWords.signIn(provider)}
            returnPath="/signed-in"
            onLeave={(url) => {
              setLeft(true);
              open(url);
            }}
          />
        )}
        {provider !== null && left && (
          <Notice role="status">{providerWords.leftFor(provider)}</Notice>
        )}
      </DialogBody>
    </Dialog>
  );
}
