import { useMemo } from 'react';
import { Link } from '@tanstack/react-router';
import { DataGrid, useLatchkey } from '@latchkey/ui';
import type { GridColumn } from '@latchkey/ui';
import type { Webhook } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { hostOf } from './event-types.ts';
import { StateBadge } from './StateBadge.tsx';
import styles from './Webhooks.module.css';

/** The account's webhooks: where each leads, what it is told of, and how it does. */
export function WebhooksList({ webhooks }: { readonly webhooks: readonly Webhook[] }) {
  const { format } = useLatchkey();
  const words = useWords().webhooks;
  const { slug: account } = useAccount();

  const columns = useMemo(
    (): readonly GridColumn<Webhook>[] => [
      {
        id: 'url',
        header: words.url,
        width: 'minmax(200px, 1.4fr)',
        card: 'title',
        cell: (webhook) => (
          <span className={styles.lines}>
            <Link
              to="/a/$account/webhooks/$webhook"
              params={{ account, webhook: webhook.id }}
              className={styles.name}
            >
              <bdi>{hostOf(webhook)}</bdi>
            </Link>
            {webhook.description && <bdi className={styles.quiet}>{webhook.description}</bdi>}
          </span>
        ),
      },
      {
        id: 'types',
        header: words.types,
        width: 'minmax(220px, 2fr)',
        cell: ({ types }) => <EventTypes types={types} />,
      },
      {
        id: 'state',
        header: words.state,
        width: 'minmax(120px, 0.7fr)',
        cell: (webhook) => <StateBadge webhook={webhook} />,
      },
      {
        id: 'createdAt',
        header: words.createdAt,
        width: 'minmax(104px, 0.6fr)',
        cell: ({ createdAt }) => <time dateTime={createdAt}>{format.date(createdAt)}</time>,
      },
    ],
    [account, format, words],
  );

  return (
    <DataGrid
      label={words.title}
      columns={columns}
      rows={webhooks}
      rowId={({ id }) => id}
      rowName={hostOf}
    />
  );
}

/** What a webhook is told of. */
export function EventTypes({ types }: Pick<Webhook, 'types'>) {
  const words = useWords().webhooks;
  return (
    <ul className={styles.types}>
      {types.map((type) => (
        <li key={type}>{words.events[type]}</li>
      ))}
    </ul>
  );
}
