import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { KeyRound, Pause, Pencil, Play, Send, Trash2, Webhook as WebhookIcon } from 'lucide-react';
import {
  Button,
  Card,
  ConfirmDialog,
  DescriptionList,
  Dialog,
  EmptyState,
  ErrorState,
  focusKebab,
  KebabMenu,
  Notice,
  PageHeader,
  Skeleton,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import type { ToastOptions } from '@latchkey/ui';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { Deliveries } from '../features/webhooks/Deliveries.tsx';
import { hostOf } from '../features/webhooks/event-types.ts';
import { webhookQuery, webhooksScope } from '../features/webhooks/queries.ts';
import { ReplaceSecretDialog } from '../features/webhooks/ReplaceSecretDialog.tsx';
import { StateBadge } from '../features/webhooks/StateBadge.tsx';
import { WebhookForm } from '../features/webhooks/WebhookForm.tsx';
import { EventTypes } from '../features/webhooks/WebhooksList.tsx';
import { api } from '../lib/api.ts';
import type { Webhook } from '../lib/api.ts';
import { describeFailure, readFailure, tell } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useSaveOver } from '../lib/use-save-over.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/webhooks/Webhooks.module.css';

const route = getRouteApi('/a/$account/webhooks/$webhook');

interface Asked {
  readonly what: 'edit' | 'replaceSecret' | 'delete';
  readonly time: number;
}

/** One webhook: where it leads, how it does, and what was sent to it. */
export function WebhookDetails() {
  const allWords = useWords();
  const words = allWords.webhooks;
  const { messages } = useLatchkey();
  const account = useAccount();
  const { slug } = account;
  const { webhook: id } = route.useParams();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const saveOver = useSaveOver();
  const mayView = account.can('keys.settings');
  const { data: webhook, ...query } = useQuery({ ...webhookQuery(slug, id), enabled: mayView });
  usePageTitle(webhook ? hostOf(webhook) : words.title);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);

  const back = (
    <Link to="/a/$account/webhooks" params={{ account: slug }} className={styles.name}>
      {words.title}
    </Link>
  );

  if (!mayView) return <Forbidden title={words.title} />;
  if (!leaving && query.isError && readFailure(query.error).code === 'NOT_FOUND') {
    return (
      <>
        <PageHeader breadcrumb={back} title={words.goneTitle} />
        <EmptyState
          icon={<WebhookIcon size={24} aria-hidden />}
          title={words.goneText}
          action={
            <Button asChild>
              <Link to="/a/$account/webhooks" params={{ account: slug }}>
                {words.toWebhooks}
              </Link>
            </Button>
          }
        />
      </>
    );
  }
  if (query.isError && !webhook) {
    return (
      <ErrorState onRetry={() => void query.refetch()}>
        {describeFailure(readFailure(query.error), allWords)}
      </ErrorState>
    );
  }
  if (!webhook) return <Skeleton height="320px" />;

  const refresh = () => queryClient.invalidateQueries({ queryKey: webhooksScope(slug) });
  const ask = (what: Asked['what']) => {
    setAsked((before) => ({ what, time: (before?.time ?? 0) + 1 }));
    setOpen(true);
  };
  /** Does what needs no dialog, and says so. */
  const run = async (call: Promise<unknown>, done: ToastOptions) => {
    try {
      await call;
      toast(done);
    } catch (error) {
      toast({ title: describeFailure(readFailure(error), allWords), tone: 'danger' });
    }
    await refresh();
  };
  const setState = (state: 'active' | 'paused') =>
    run(api.webhooks.edit.mutate({ account: slug, id, state }), {
      title: messages.page.saved(hostOf(webhook)),
    });
  const isActive = webhook.state === 'active';

  const dialog = { open, onOpenChange: setOpen };
  const fromMenu = { ...dialog, returnFocusTo: () => focusKebab(id) };
  return (
    <>
      <PageHeader
        breadcrumb={back}
        title={<bdi>{hostOf(webhook)}</bdi>}
        badge={<StateBadge webhook={webhook} />}
        description={webhook.description && <bdi>{webhook.description}</bdi>}
        actions={
          <>
            <Button
              variant={isActive ? 'secondary' : 'primary'}
              icon={isActive ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
              onClick={() => setState(isActive ? 'paused' : 'active')}
            >
              {isActive ? words.pause : words.activate}
            </Button>
            <Button
              icon={<Send size={16} aria-hidden />}
              onClick={() =>
                run(
                  api.webhooks.test.mutate({ account: slug, id }),
                  isActive ? { title: words.tested } : { title: words.waits, tone: 'info' },
                )
              }
            >
              {words.test}
            </Button>
            <Button icon={<Pencil size={16} aria-hidden />} onClick={() => ask('edit')}>
              {messages.actions.edit}
            </Button>
            <KebabMenu<'replaceSecret' | 'delete'>
              label={messages.common.actionsFor(hostOf(webhook))}
              kebabId={id}
              items={[
                {
                  id: 'replaceSecret',
                  label: words.replaceSecret,
                  icon: <KeyRound size={16} aria-hidden />,
                },
                {
                  id: 'delete',
                  label: messages.actions.delete,
                  icon: <Trash2 size={16} aria-hidden />,
                  tone: 'danger',
                  separated: true,
                },
              ]}
              onAction={ask}
            />
          </>
        }
      />
      <Facts webhook={webhook} />
      <Deliveries webhook={webhook} />
      {asked?.what === 'edit' && (
        <Dialog
          key={asked.time}
          {...dialog}
          title={words.editTitle(hostOf(webhook))}
          closeOnOutsideClick={false}
        >
          <WebhookForm
            webhook={webhook}
            onClose={() => setOpen(false)}
            onSend={async ({ types, ...values }) => {
              const saved = await saveOver(
                webhook,
                (ifMatch) =>
                  api.webhooks.edit.mutate({
                    account: slug,
                    id,
                    ...values,
                    types: [...types],
                    ifMatch,
                  }),
                async () => (await api.webhooks.list.query({ account: slug })).items,
              );
              void refresh();
              toast({ title: messages.page.saved(hostOf(saved)) });
              setOpen(false);
            }}
          />
        </Dialog>
      )}
      {asked?.what === 'replaceSecret' && (
        <ReplaceSecretDialog
          key={asked.time}
          {...fromMenu}
          onReplace={async () => {
            const replaced = await tell(
              api.webhooks.replaceSecret.mutate({ account: slug, id }),
              allWords,
            );
            void refresh();
            return replaced.secret;
          }}
        />
      )}
      {asked?.what === 'delete' && (
        <ConfirmDialog
          {...fromMenu}
          title={words.deleteTitle(hostOf(webhook))}
          description={words.deleteText}
          confirmLabel={messages.actions.delete}
          pendingLabel={messages.deleteKey.pending}
          onConfirm={async () => {
            await tell(api.webhooks.delete.mutate({ account: slug, id }), allWords);
            setLeaving(true);
            toast({ title: words.deleted(hostOf(webhook)) });
            await navigate({
              to: '/a/$account/webhooks',
              params: { account: slug },
              replace: true,
            });
            void refresh();
          }}
        />
      )}
    </>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const { format } = useLatchkey();
  const words = useWords().webhooks;
  const { createdAt, failingSince, formerSecretUntil, state, types, url } = webhook;
  return (
    <Card>
      {state === 'paused' && <Notice tone="info">{words.pausedText}</Notice>}
      {state === 'disabled' && <Notice tone="danger">{words.disabledText}</Notice>}
      {state === 'active' && failingSince !== null && (
        <Notice tone="warning">{words.failing(format.dateTime(failingSince))}</Notice>
      )}
      <DescriptionList
        items={[
          {
            term: words.url,
            details: (
              <span className={styles.url} dir="ltr">
                {url}
              </span>
            ),
          },
          { term: words.types, details: <EventTypes types={types} /> },
          {
            term: words.createdAt,
            details: <time dateTime={createdAt}>{format.dateTime(createdAt)}</time>,
          },
          ...(formerSecretUntil === null
            ? []
            : [
                {
                  term: words.secretTitle,
                  details: words.formerSecret(format.dateTime(formerSecretUntil)),
                },
              ]),
        ]}
      />
    </Card>
  );
}
