import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { ForgottenLink } from '../features/forgotten-password/ForgottenLink.tsx';
import { Frame } from '../features/session/Frame.tsx';
import { providerQuery, useProviderWord } from '../features/session/provider.ts';
import { ProviderButton } from '../features/session/ProviderButton.tsx';
import { ProviderCodeForm } from '../features/session/ProviderCodeForm.tsx';
import { ProviderNotice } from '../features/session/ProviderNotice.tsx';
import { SignInForm } from '../features/session/SignInForm.tsx';
import { safeReturnPath } from '../lib/return-path.ts';
import { useWords } from '../lib/words/index.ts';

const route = getRouteApi('/sign-in');

/** Signs a person in and takes them back to where they were. */
export function SignIn() {
  const { session, provider: words } = useWords();
  const { return: path, provider: told } = route.useSearch();
  const { data: name = null } = useQuery(providerQuery);
  const word = useProviderWord(told);
  const queryClient = useQueryClient();
  const router = useRouter();
  const goTo = async (href: string) => {
    queryClient.clear();
    await router.navigate({ href, replace: true });
  };
  if (name !== null && word === 'code') {
    return (
      <Frame title={session.title} text={words.told.code(name)}>
        <ProviderCodeForm name={name} onProven={goTo} />
      </Frame>
    );
  }
  return (
    <Frame title={session.title} text={session.text}>
      {name !== null && word && <ProviderNotice word={word} name={name} />}
      <SignInForm onSignedIn={() => goTo(safeReturnPath(path))} />
      <ForgottenLink />
      {name !== null && (
        <ProviderButton name={name} label={words.signIn(name)} returnPath={safeReturnPath(path)} />
      )}
    </Frame>
  );
}
