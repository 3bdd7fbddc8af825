import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { Button, Notice } from '@latchkey/ui';
import { Frame } from '../features/session/Frame.tsx';
import { setUpQuery } from '../features/session/queries.ts';
import { SetUpForm } from '../features/set-up/SetUpForm.tsx';
import { useSetUpCode } from '../features/set-up/code.ts';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { useWords } from '../lib/words/index.ts';

/** Creates the first account and its owner, for whoever holds the code that the console printed. */
export function SetUp() {
  const allWords = useWords();
  const words = allWords.setUp;
  const state = useQuery(setUpQuery);
  const queryClient = useQueryClient();
  const router = useRouter();
  const code = useSetUpCode();

  if (state.isError) {
    return (
      <Frame title={words.title}>
        <Notice
          tone="danger"
          role="alert"
          action={<Button onClick={() => void state.refetch()}>{allWords.retry}</Button>}
        >
          {describeFailure(readFailure(state.error), allWords)}
        </Notice>
      </Frame>
    );
  }
  if (!state.data) return <Frame title={words.title} />;
  if (!state.data.needed) {
    return (
      <Frame title={words.doneTitle} text={words.doneText}>
        <Button asChild variant="primary">
          <Link to="/">{allWords.session.signIn}</Link>
        </Button>
      </Frame>
    );
  }
  if (code === null) return <Frame title={words.title} text={words.noCode} />;
  return (
    <Frame title={words.title} text={words.text}>
      <SetUpForm
        code={code}
        onDone={async (account) => {
          queryClient.clear();
          await router.navigate({ to: '/a/$account/keys', params: { account }, replace: true });
        }}
      />
    </Frame>
  );
}
