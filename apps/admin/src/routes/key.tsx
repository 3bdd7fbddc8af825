import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { KeyRound, Pencil, RefreshCw } from 'lucide-react';
import {
  Button,
  canRenew,
  EmptyState,
  ErrorState,
  focusKebab,
  KeyMenu,
  KeyStatusBadges,
  PageHeader,
  Skeleton,
  useLatchkey,
} from '@latchkey/ui';
import type { KeyAction } from '@latchkey/ui';
import { allowedActions } from '../features/keys/allowed-actions.ts';
import { KeyAudit } from '../features/keys/KeyAudit.tsx';
import { KeyFacts } from '../features/keys/KeyFacts.tsx';
import { KeyRoles } from '../features/keys/KeyRoles.tsx';
import { KeySnippets } from '../features/keys/KeySnippets.tsx';
import { KeyTokens } from '../features/keys/KeyTokens.tsx';
import { KeyUsage } from '../features/keys/KeyUsage.tsx';
import { keyQuery } from '../features/keys/queries.ts';
import { useKeyDialogs } from '../features/keys/use-key-dialogs.tsx';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/keys/KeyPage.module.css';

const route = getRouteApi('/a/$account/keys/$key');

/** A key's own page: all that is known of it, what can be done with it, and how to use it. */
export function KeyDetails() {
  const { messages, now } = useLatchkey();
  const words = useWords();
  const account = useAccount();
  const { slug } = account;
  const { key: id } = route.useParams();
  const navigate = route.useNavigate();
  const mayView = account.can('keys.view');
  const { data: apiKey, ...query } = useQuery({ ...keyQuery(slug, id), enabled: mayView });
  usePageTitle(apiKey?.name ?? messages.page.title);
  const [leaving, setLeaving] = useState(false);
  const { ask, dialogs } = useKeyDialogs(() => {
    setLeaving(true);
    void navigate({ to: '/a/$account/keys', params: { account: slug }, replace: true });
  });

  const back = (
    <Link to="/a/$account/keys" params={{ account: slug }} className={styles.link}>
      {messages.page.title}
    </Link>
  );

  if (!mayView) return <Forbidden title={messages.page.title} />;
  // Whoever has just deleted the key need not read that it is gone.
  if (!leaving && query.isError && readFailure(query.error).code === 'NOT_FOUND') {
    return (
      <>
        <PageHeader breadcrumb={back} title={words.key.goneTitle} />
        <EmptyState
          icon={<KeyRound size={24} aria-hidden />}
          title={words.key.goneText}
          action={
            <Button asChild>
              <Link to="/a/$account/keys" params={{ account: slug }}>
                {words.key.toKeys}
              </Link>
            </Button>
          }
        />
        {dialogs}
      </>
    );
  }
  if (query.isError && !apiKey) {
    return (
      <ErrorState onRetry={() => void query.refetch()}>
        {describeFailure(readFailure(query.error), words)}
      </ErrorState>
    );
  }
  if (!apiKey) return <Skeleton height="320px" />;

  const allowed = allowedActions(account).filter((action) => action !== 'open');
  const act = (action: KeyAction) => {
    if (action !== 'open') ask({ what: action, apiKey, returnFocusTo: () => focusKebab(id) });
  };
  return (
    <>
      <PageHeader
        breadcrumb={back}
        title={<bdi>{apiKey.name}</bdi>}
        badge={<KeyStatusBadges apiKey={apiKey} />}
        actions={
          <>
            {allowed.includes('renew') && canRenew(apiKey, now()) && (
              <Button icon={<RefreshCw size={16} aria-hidden />} onClick={() => act('renew')}>
                {messages.actions.renew}
              </Button>
            )}
            {allowed.includes('edit') && (
              <Button icon={<Pencil size={16} aria-hidden />} onClick={() => act('edit')}>
                {messages.actions.edit}
              </Button>
            )}
            <KeyMenu apiKey={apiKey} allowed={allowed} onAction={act} />
          </>
        }
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <KeyFacts apiKey={apiKey} />
          <KeyRoles apiKey={apiKey} account={slug} />
        </div>
        <div className={styles.column}>
          <KeyTokens apiKey={apiKey} />
          <KeyUsage id={id} />
        </div>
      </div>
      <KeySnippets apiKey={apiKey} account={slug} />
      {account.can('audit.view') && <KeyAudit keyId={id} account={slug} />}
      {dialogs}
    </>
  );
}
