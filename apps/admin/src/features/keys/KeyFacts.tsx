import { Badge, Card, CopyButton, DescriptionList, useLatchkey } from '@latchkey/ui';
import type { LinkFate } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './KeyPage.module.css';

/** What is known of a key: identifier, dates, and the fate of its newest link. */
export function KeyFacts({ apiKey }: { readonly apiKey: Key }) {
  const { messages, format } = useLatchkey();
  const words = useWords().key;
  const time = (value: string) => (
    <time dateTime={value} title={format.relative(value)}>
      {format.dateTime(value)}
    </time>
  );
  return (
    <Card title={words.facts}>
      <DescriptionList
        items={[
          {
            term: words.identifier,
            details: (
              <span className={styles.identifier}>
                <code dir="ltr">{apiKey.key}</code>
                <CopyButton text={apiKey.key} iconOnly size="sm" />
              </span>
            ),
          },
          { term: messages.table.created, details: time(apiKey.createdAt) },
          {
            term: messages.table.lastUsed,
            details:
              apiKey.lastUsedAt === null ? messages.table.neverUsed : time(apiKey.lastUsedAt),
          },
          {
            term: messages.fields.expiry,
            details:
              apiKey.expiresAt === null ? messages.fields.neverExpires : time(apiKey.expiresAt),
          },
          {
            term: messages.link.label,
            details: apiKey.link ? <Fate link={apiKey.link} /> : words.noLink,
          },
        ]}
      />
    </Card>
  );
}

const tones = {
  open: 'accent',
  redeemed: 'success',
  expired: 'neutral',
  withdrawn: 'neutral',
} as const satisfies Record<LinkFate['state'], string>;

/** What became of the newest link: never the link itself. */
function Fate({ link }: { readonly link: LinkFate }) {
  const { messages, format } = useLatchkey();
  const words = useWords().key;
  const { status } = messages;
  const names = {
    open: status.linkOpen,
    redeemed: status.linkRedeemed,
    expired: status.linkExpired,
    withdrawn: status.linkWithdrawn,
  } as const satisfies Record<LinkFate['state'], string>;
  const told = (() => {
    if (link.state === 'open') return words.linkUntil(format.dateTime(link.expiresAt));
    if (link.redeemedAt === null) return null;
    return words.redeemed(format.dateTime(link.redeemedAt), link.redeemedFrom);
  })();
  return (
    <span className={styles.fate}>
      <Badge tone={tones[link.state]}>{names[link.state]}</Badge>
      {told !== null && <span className={styles.quiet}>{told}</span>}
    </span>
  );
}
