import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button, Notice, useLatchkey } from '@latchkey/ui';
import { BackToSignIn } from '../features/forgotten-password/BackToSignIn.tsx';
import { ChooseForm } from '../features/forgotten-password/ChooseForm.tsx';
import { resetQuery } from '../features/forgotten-password/queries.ts';
import { Frame } from '../features/session/Frame.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { useWords } from '../lib/words/index.ts';

const route = getRouteApi('/password-resets/$reset');

/** Where a reset link leads: chooses a new password. To open it uses nothing up. */
export function PasswordReset() {
  const allWords = useWords();
  const words = allWords.forgotten;
  const { format } = useLatchkey();
  const { reset } = route.useParams();
  const preview = useQuery(resetQuery(reset));
  const [became, setBecame] = useState<'chosen' | 'gone' | null>(null);

  if (became === 'chosen') {
    return (
      <Frame title={words.doneTitle} text={words.doneText}>
        <BackToSignIn label={allWords.session.signIn} />
      </Frame>
    );
  }
  const failure = preview.isError ? readFailure(preview.error) : null;
  if (became === 'gone' || failure?.code === 'RESET_GONE') {
    return (
      <Frame title={words.goneTitle} text={words.goneText}>
        <Button asChild variant="primary">
          <Link to="/forgotten-password">{words.again}</Link>
        </Button>
      </Frame>
    );
  }
  if (failure) {
    return (
      <Frame title={words.chooseTitle}>
        <Notice
          tone="danger"
          role="alert"
          action={<Button onClick={() => void preview.refetch()}>{allWords.retry}</Button>}
        >
          {describeFailure(failure, allWords)}
        </Notice>
      </Frame>
    );
  }
  if (!preview.data) return <Frame title={words.chooseTitle} />;

  const { email, expiresAt } = preview.data;
  return (
    <Frame title={words.chooseTitle} text={words.chooseText(email)}>
      <ChooseForm
        reset={reset}
        email={email}
        onChosen={() => setBecame('chosen')}
        onGone={() => setBecame('gone')}
      />
      <p>{words.expires(format.dateTime(expiresAt))}</p>
    </Frame>
  );
}
