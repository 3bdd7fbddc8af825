import { Link } from '@tanstack/react-router';
import { Button, EmptyState } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { usePageTitle } from '../../lib/use-page-title.ts';
import { Brand } from './Brand.tsx';
import styles from './Page.module.css';

/** What is shown where there is no page, or none for this person. */
export function PageNotFound() {
  return (
    <main className={styles.alone} data-lk-root="">
      <Brand />
      <NothingHere />
    </main>
  );
}

/** The same where the account is known: within its frame. */
export function NothingHere() {
  const words = useWords().notFound;
  usePageTitle(words.title);
  return (
    <EmptyState
      headingLevel={1}
      title={words.title}
      action={
        <Button asChild>
          <Link to="/">{words.start}</Link>
        </Button>
      }
    >
      {words.text}
    </EmptyState>
  );
}
