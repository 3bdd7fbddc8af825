import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Notice } from '@latchkey/ui';
import { AskForm } from '../features/forgotten-password/AskForm.tsx';
import { BackToSignIn } from '../features/forgotten-password/BackToSignIn.tsx';
import { Frame } from '../features/session/Frame.tsx';
import { instanceQuery } from '../features/session/queries.ts';
import styles from '../features/session/Session.module.css';
import { useWords } from '../lib/words/index.ts';

/** Where who forgot their password asks for a link, or is told whom to ask. What it answers tells nobody who is registered. */
export function ForgottenPassword() {
  const { forgotten: words } = useWords();
  const { data: instance } = useQuery(instanceQuery);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const back = (
    <p className={styles.aside}>
      <Link to="/sign-in">{words.back}</Link>
    </p>
  );
  if (instance?.mails === false) {
    return (
      <Frame title={words.title} text={words.operator}>
        {back}
      </Frame>
    );
  }
  if (sentTo !== null) {
    return (
      <Frame title={words.title}>
        <Notice tone="success" role="status" title={words.sentTitle}>
          {words.sentText(sentTo)}
        </Notice>
        <BackToSignIn label={words.back} />
      </Frame>
    );
  }
  return (
    <Frame title={words.title} text={words.text}>
      <AskForm onSent={setSentTo} />
      {back}
    </Frame>
  );
}
