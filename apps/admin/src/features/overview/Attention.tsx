import { Link } from '@tanstack/react-router';
import { Card, KeyStatusBadges, RenewalAlert } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import type { Overview } from './figures.ts';
import styles from './Overview.module.css';

/** The keys to look after first: those that expire next, then those with the oldest tokens. */
export function Attention(props: {
  readonly account: string;
  readonly attention: Overview['attention'];
}) {
  const { account, attention } = props;
  const words = useWords().overview;
  const expiring = new Set(attention.expiring.map(({ id }) => id));
  const keys = [...attention.expiring, ...attention.overdue.filter(({ id }) => !expiring.has(id))];
  if (keys.length === 0) return null;
  return (
    <Card title={words.attention} description={words.attentionText}>
      <ul className={styles.attention}>
        {keys.map((apiKey) => {
          // The age that counts is the old token's while there is one.
          const ageing = apiKey.tokens.at(-1);
          return (
            <li key={apiKey.id} className={styles.inNeed}>
              <span className={styles.keyName}>
                <Link
                  to="/a/$account/keys/$key"
                  params={{ account, key: apiKey.id }}
                  className={styles.link}
                >
                  <bdi>{apiKey.name}</bdi>
                </Link>
                <code dir="ltr" className={styles.identifier}>
                  {apiKey.key}
                </code>
              </span>
              <span className={styles.reasons}>
                <KeyStatusBadges apiKey={apiKey} />
                {apiKey.alert !== 'none' && ageing && (
                  <RenewalAlert level={apiKey.alert} tokenCreatedAt={ageing.createdAt} />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
