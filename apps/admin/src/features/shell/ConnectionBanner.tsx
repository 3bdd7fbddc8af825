import { Notice } from '@latchkey/ui';
import { connectionLost } from '../../lib/connection.ts';
import { useStore } from '../../lib/store.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Shell.module.css';

/** Says that the API cannot be reached, for as long as it cannot. */
export function ConnectionBanner() {
  const lost = useStore(connectionLost);
  const words = useWords().connection;
  return (
    <div aria-live="polite">
      {lost && (
        <div className={styles.banner}>
          <Notice tone="warning" title={words.lost}>
            {words.retrying}
          </Notice>
        </div>
      )}
    </div>
  );
}
