import { recordEvent } from '../audit/record-event.ts';
import { changeAccount } from '../call.ts';
import type { Ports } from '../ports.ts';
import type { Secret } from '../tokens/secret.ts';
import { decideDelivery, decideEndpoint, type AttemptOutcome } from './attempts.ts';
import type { Notification } from './notification.ts';
import { notify } from './notify.ts';
import { webhookReference, type Delivery, type Webhook } from './webhook.ts';

/** One attempt, ready to be signed and sent. */
export interface WebhookMessage {
  url: string;
  /** The same for every attempt, also after a resend: by it a receiver tells what it has had already. */
  id: string;
  /** Of this attempt. */
  at: Date;
  body: string;
  /** Each signs: the present one first. */
  secrets: readonly [Secret, ...Secret[]];
}

/** Signs and sends a message. Never throws. */
export type SendWebhook = (message: WebhookMessage) => Promise<AttemptOutcome>;

/** An attempt that this node has taken on. */
export interface ClaimedDelivery {
  delivery: Delivery;
  webhook: Webhook;
  notification: Notification;
  /** The slug. */
  account: string;
}

/** An attempt under way. */
export interface Attempt {
  webhookId: string;
  /** Resolves when what came of it is recorded; never rejects. */
  done: Promise<void>;
}

/** For how long a claimed delivery is this node's, in milliseconds: rather more than an attempt may take. After that another takes it for lost. */
const lease = 60_000;

/** What a receiver reads. The same text at every attempt: it is what was signed. */
export function webhookBody({ type, at, data }: Notification, account: string): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data: { account, ...data } });
}

function openSecrets(ports: Ports, webhook: Webhook, now: Date): Secret[] {
  const { formerSecret, id, secret } = webhook;
  const signing = [
    secret,
    ...(formerSecret && now < formerSecret.until ? [formerSecret.secret] : []),
  ];
  return signing.flatMap((sealed) => ports.keyring.openWebhookSecret(sealed, id) ?? []);
}

async function attempt(
  ports: Ports,
  send: SendWebhook,
  { account, notification, webhook }: ClaimedDelivery,
): Promise<AttemptOutcome> {
  const at = ports.clock.now();
  const [present, ...former] = openSecrets(ports, webhook, at);
  if (!present) return { error: 'SECRET_LOST' };
  return send({
    url: webhook.url,
    id: notification.id,
    at,
    body: webhookBody(notification, account),
    secrets: [present, ...former],
  });
}

/** A number in [0, 1). */
function chance({ crypto }: Pick<Ports, 'crypto'>): number {
  return (crypto.randomBytes(1)[0] ?? 0) / 256;
}

async function record(
  ports: Ports,
  claimed: ClaimedDelivery,
  outcome: AttemptOutcome,
): Promise<void> {
  const { accountId } = claimed.delivery;
  await changeAccount(ports, accountId, async (repositories) => {
    const now = ports.clock.now();
    const webhook = await repositories.webhooks.find(accountId, claimed.webhook.id);
    if (!webhook) return;
    const delivery = decideDelivery(claimed.delivery, outcome, now, chance(ports));
    // Whoever was too late finds the delivery with another node, which records what comes of it.
    if (!(await repositories.webhooks.recordAttempt(delivery))) return;
    const after = decideEndpoint(webhook, delivery, now);
    if (after === webhook) return;
    await repositories.webhooks.save(after);
    if (after.state === webhook.state) return;
    const reference = webhookReference(after);
    await recordEvent(
      ports,
      repositories,
      { account: { id: accountId }, actor: { kind: 'system' }, from: null },
      { action: 'webhook.disabled', subject: reference.host },
    );
    await notify(ports, repositories, accountId, [
      { type: 'webhook.disabled', data: { webhook: reference } },
    ]);
  });
}

/**
 * Begins the attempts whose time has come. Each is one node's alone, and is made again if it dies: at least once, under the same id.
 *
 * @param limits how many to take on at once, and for which endpoints none, by their ids.
 * @param onError hears of an attempt that could not be recorded: it will be made again.
 */
export async function sendDueWebhooks(
  ports: Ports,
  send: SendWebhook,
  { busy, most }: { busy: readonly string[]; most: number },
  onError: (error: unknown) => void,
): Promise<Attempt[]> {
  const make = async (claimed: ClaimedDelivery) => {
    try {
      await record(ports, claimed, await attempt(ports, send, claimed));
    } catch (error) {
      onError(error);
    }
  };
  const claimed = await ports.store.webhooks.claim(ports.clock.now(), lease, most, busy);
  return claimed.map((one) => ({ webhookId: one.webhook.id, done: make(one) }));
}
