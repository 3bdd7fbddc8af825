import { useEffect } from 'react';
import { Frame } from '../features/session/Frame.tsx';
import { tellSignedIn } from '../lib/signed-in.ts';
import { useWords } from '../lib/words/index.ts';

/** The end of a sign-in in a window of its own: the one that waits for it goes on. */
export function SignedIn() {
  const words = useWords().provider;
  useEffect(tellSignedIn, []);
  return <Frame title={words.signedInTitle} text={words.signedInText} />;
}
