import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '@latchkey/ui';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { usePageTitle } from '../../lib/use-page-title.ts';
import styles from './Page.module.css';

/** What is shown where a page could not be. */
export function PageError({ error }: ErrorComponentProps) {
  const words = useWords();
  usePageTitle(words.pageError.title);
  const router = useRouter();
  return (
    <div className={styles.alone} data-lk-root="">
      <ErrorState title={words.pageError.title} onRetry={() => void router.invalidate()}>
        {describeFailure(readFailure(error), words)}
      </ErrorState>
    </div>
  );
}
