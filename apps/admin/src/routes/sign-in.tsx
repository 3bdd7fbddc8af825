import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Frame } from '../features/session/Frame.tsx';
import { SignInForm } from '../features/session/SignInForm.tsx';
import { safeReturnPath } from '../lib/return-path.ts';
import { useWords } from '../lib/words/index.ts';

const route = getRouteApi('/sign-in');

/** Signs a person in and takes them back to where they were. */
export function SignIn() {
  const words = useWords().session;
  const { return: path } = route.useSearch();
  const queryClient = useQueryClient();
  const router = useRouter();
  return (
    <Frame title={words.title} text={words.text}>
      <SignInForm
        onSignedIn={async () => {
          queryClient.clear();
          await router.navigate({ href: safeReturnPath(path), replace: true });
        }}
      />
    </Frame>
  );
}
