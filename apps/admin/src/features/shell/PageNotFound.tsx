import { Link } from '@tanstack/react-router';
import { Button, EmptyState } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { usePageTitle } from '../../lib/use-page-title.ts';
import styles from './Page.module.css';

/** What is shown where there is no page, or none for this person. */
export function PageNotFound() {
  const words = useWords().notFound;
  usePageTitle(words.title);
  return (
    <main className={styles.alone} data-lk-root="">
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
    </main>
  );
}
