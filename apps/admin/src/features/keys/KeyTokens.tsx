import { Badge, Card, RenewalAlert, useLatchkey } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './KeyPage.module.css';

/** The token of a key; while a renewal is pending both, with their ages. */
export function KeyTokens({ apiKey }: { readonly apiKey: Key }) {
  const { messages, format } = useLatchkey();
  const words = useWords().key;
  const { alert, renewal, tokens } = apiKey;
  return (
    <Card title={words.tokens}>
      <ul className={styles.tokens}>
        {tokens.map((token) => (
          <li key={token.state} className={styles.token}>
            <span className={styles.tokenHead}>
              <Badge tone={token.state === 'old' ? 'warning' : 'accent'}>
                {token.state === 'old' ? words.oldToken : words.currentToken}
              </Badge>
              {/* The age that counts is the old token's while there is one. */}
              {alert !== 'none' && (token.state === 'old' || renewal === null) && (
                <RenewalAlert level={alert} tokenCreatedAt={token.createdAt} />
              )}
            </span>
            <span>{words.tokenCreated(format.relative(token.createdAt))}</span>
            <span className={styles.quiet}>
              {token.lastUsedAt === null
                ? messages.table.neverUsed
                : words.tokenUsed(format.relative(token.lastUsedAt))}
            </span>
          </li>
        ))}
      </ul>
      {renewal && (
        <p className={styles.quiet}>
          {renewal.completeAt === null
            ? words.oldTokenStays
            : messages.table.scheduled(format.dateTime(renewal.completeAt))}
        </p>
      )}
    </Card>
  );
}
