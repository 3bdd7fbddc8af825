import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { lacking, may } from '../permissions/actor.ts';
import type { Page, Ports, Repositories } from '../ports.ts';
import { ok, refuse, refuseField, type Result } from '../result.ts';
import { Secret } from '../tokens/secret.ts';
import { audiences, type Notification, type NotificationType } from './notification.ts';
import { newDelivery } from './notify.ts';
import {
  mostWebhooks,
  secretOverlap,
  webhookReference,
  type Delivery,
  type DeliveryState,
  type Webhook,
  type WebhookState,
} from './webhook.ts';

/** Webhooks are settings of the account, like the period that decides when alerts begin. What one has told is bounded by {@link audiences}. */
const permission = 'keys.settings';

/** What an admin says of an endpoint. */
export interface WebhookInput {
  url: string;
  description: string;
  types: readonly NotificationType[];
}

/** What to change of an endpoint; what is absent stays. */
export interface EditWebhookInput extends Partial<WebhookInput> {
  /** Only Latchkey disables. */
  state?: Exclude<WebhookState, 'disabled'>;
}

/** Why a URL is refused, in one sentence; `undefined` for one that may be called. The network decides it, so it comes in. */
export type CheckUrl = (url: string) => string | undefined;

const noSuchWebhook = refuse('NOT_FOUND', 'There is no such webhook.');
const noSuchDelivery = refuse('NOT_FOUND', 'There is no such delivery of this webhook.');
const stale = refuse(
  'STALE',
  'Somebody changed this webhook meanwhile. Look at it again, then edit.',
);

/** The refusal for whoever would have told elsewhere what they may not learn themselves, or `undefined`. */
function tellingTooMuch({ actor }: Call, types: readonly NotificationType[]) {
  const hidden = types.filter((type) => !may(actor, audiences[type]));
  return hidden.length === 0
    ? undefined
    : refuse('FORBIDDEN', `You cannot have told what you may not see: ${hidden.join(', ')}.`);
}

function checkUrl(check: CheckUrl, url: string) {
  const problem = check(url);
  return problem === undefined ? undefined : refuseField('url', problem);
}

/** Makes a signing secret of 256 bits, as Standard Webhooks writes it. */
function makeSecret({ crypto }: Pick<Ports, 'crypto'>): Secret {
  return new Secret(`whsec_${toBase64(crypto.randomBytes(32))}`);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Lists the account's endpoints, oldest first. */
export async function listWebhooks(ports: Ports, call: Call): Promise<Result<Webhook[]>> {
  return lacking(call.actor, permission) ?? ok(await ports.store.webhooks.list(call.account.id));
}

/** Finds one endpoint. */
export async function getWebhook(ports: Ports, call: Call, id: string): Promise<Result<Webhook>> {
  const refusal = lacking(call.actor, permission);
  if (refusal) return refusal;
  const webhook = await ports.store.webhooks.find(call.account.id, id);
  return webhook ? ok(webhook) : noSuchWebhook;
}

/** Adds an endpoint. Its secret is shown this once. */
export async function createWebhook(
  ports: Ports,
  asked: Call,
  input: WebhookInput,
  check: CheckUrl,
): Promise<Result<{ webhook: Webhook; secret: Secret }>> {
  return change(ports, asked, permission, async (repositories, call) => {
    const refusal = tellingTooMuch(call, input.types) ?? checkUrl(check, input.url);
    if (refusal) return refusal;
    const { webhooks } = repositories;
    if ((await webhooks.list(call.account.id)).length >= mostWebhooks) {
      return refuseField('url', `An account has at most ${String(mostWebhooks)} webhooks.`);
    }
    const id = ports.newId();
    const secret = makeSecret(ports);
    const webhook: Webhook = {
      ...input,
      id,
      accountId: call.account.id,
      state: 'active',
      secret: ports.keyring.sealWebhookSecret(secret, id),
      formerSecret: null,
      failingSince: null,
      createdAt: ports.clock.now(),
      version: 1,
    };
    await webhooks.save(webhook);
    await recordEvent(ports, repositories, call, {
      action: 'webhook.created',
      subject: webhookReference(webhook).host,
      details: { types: input.types },
    });
    return ok({ webhook, secret });
  });
}

/** Loads an endpoint, decides, and saves it with its audit event. */
async function changeWebhook<T extends { webhook: Webhook }>(
  ports: Ports,
  asked: Call,
  id: string,
  action: 'webhook.edited' | 'webhook.secret-replaced',
  decide: (webhook: Webhook, call: Call) => Result<T>,
): Promise<Result<T>> {
  return change(ports, asked, permission, async (repositories, call) => {
    const webhook = await repositories.webhooks.find(call.account.id, id);
    if (!webhook) return noSuchWebhook;
    const decided = decide(webhook, call);
    if (!decided.ok) return decided;
    const changed = { ...decided.value.webhook, version: webhook.version + 1 };
    await repositories.webhooks.save(changed);
    const { state, types } = changed;
    await recordEvent(ports, repositories, call, {
      action,
      subject: webhookReference(changed).host,
      details: action === 'webhook.edited' ? { state, types } : {},
    });
    return ok({ ...decided.value, webhook: changed });
  });
}

/**
 * Edits an endpoint: where it is, what it is told of, whether it is sent anything.
 *
 * @param isSeen whether the endpoint, as it is now, is what the admin saw; if not, the edit is refused as `STALE`.
 */
export async function editWebhook(
  ports: Ports,
  asked: Call,
  id: string,
  input: EditWebhookInput,
  check: CheckUrl,
  isSeen: (webhook: Webhook) => boolean = () => true,
): Promise<Result<Webhook>> {
  const edited = await changeWebhook(ports, asked, id, 'webhook.edited', (webhook, call) => {
    if (!isSeen(webhook)) return stale;
    const added = (input.types ?? []).filter((type) => !webhook.types.includes(type));
    // Whoever sends elsewhere what another one chose has it told too.
    const moved = input.url !== undefined && input.url !== webhook.url;
    const told = moved ? (input.types ?? webhook.types) : added;
    const refusal =
      tellingTooMuch(call, told) ?? (moved ? checkUrl(check, input.url ?? '') : undefined);
    if (refusal) return refusal;
    const isRevived = input.state === 'active' && webhook.state !== 'active';
    return ok({
      webhook: { ...webhook, ...input, ...((moved || isRevived) && { failingSince: null }) },
    });
  });
  return edited.ok ? ok(edited.value.webhook) : edited;
}

/** Replaces the secret. The one before goes on signing beside it for a day. */
export async function replaceWebhookSecret(
  ports: Ports,
  call: Call,
  id: string,
): Promise<Result<{ webhook: Webhook; secret: Secret }>> {
  return changeWebhook(ports, call, id, 'webhook.secret-replaced', (webhook) => {
    const secret = makeSecret(ports);
    const until = new Date(ports.clock.now().getTime() + secretOverlap);
    const formerSecret = { secret: webhook.secret, until };
    const sealed = ports.keyring.sealWebhookSecret(secret, id);
    return ok({ webhook: { ...webhook, secret: sealed, formerSecret }, secret });
  });
}

/** Deletes an endpoint with its deliveries. */
export async function deleteWebhook(ports: Ports, call: Call, id: string): Promise<Result<null>> {
  return change(ports, call, permission, async (repositories) => {
    const webhook = await repositories.webhooks.find(call.account.id, id);
    if (!webhook) return noSuchWebhook;
    await repositories.webhooks.remove(call.account.id, id);
    await recordEvent(ports, repositories, call, {
      action: 'webhook.deleted',
      subject: webhookReference(webhook).host,
    });
    return ok(null);
  });
}

/** Lists an endpoint's deliveries, newest first. */
export async function listDeliveries(
  ports: Ports,
  call: Call,
  id: string,
  query: { state?: DeliveryState | undefined; cursor?: string | undefined; limit: number },
): Promise<Result<Page<Delivery>>> {
  const webhook = await getWebhook(ports, call, id);
  if (!webhook.ok) return webhook;
  const accountId = call.account.id;
  const page = await ports.store.webhooks.listDeliveries({ ...query, accountId, webhookId: id });
  return page
    ? ok(page)
    : refuseField('cursor', 'This cursor is not of this list. Begin without one.');
}

async function recordSending(
  ports: Ports,
  repositories: Repositories,
  call: Call,
  webhook: Webhook,
  action: 'webhook.tested' | 'webhook.resent',
  delivery: Delivery,
): Promise<void> {
  await recordEvent(ports, repositories, call, {
    action,
    subject: webhookReference(webhook).host,
    details: { type: delivery.type, message: delivery.notificationId },
  });
}

/** Sends a test to an endpoint, and to no other. A paused one gets it when it is active again. */
export async function testWebhook(ports: Ports, call: Call, id: string): Promise<Result<Delivery>> {
  return change(ports, call, permission, async (repositories) => {
    const { notifications, webhooks } = repositories;
    const webhook = await webhooks.find(call.account.id, id);
    if (!webhook) return noSuchWebhook;
    const test: Notification = {
      id: ports.newId(),
      accountId: call.account.id,
      at: ports.clock.now(),
      type: 'webhook.test',
      data: { webhook: webhookReference(webhook) },
    };
    await notifications.add([test]);
    const delivery = newDelivery(ports, webhook, test);
    await webhooks.addDeliveries([delivery]);
    await recordSending(ports, repositories, call, webhook, 'webhook.tested', delivery);
    return ok(delivery);
  });
}

/** Sends a delivery again, under the same id, with all its attempts before it. */
export async function resendDelivery(
  ports: Ports,
  call: Call,
  id: string,
  deliveryId: string,
): Promise<Result<Delivery>> {
  return change(ports, call, permission, async (repositories) => {
    const { webhooks } = repositories;
    const webhook = await webhooks.find(call.account.id, id);
    const found = await webhooks.findDelivery(call.account.id, deliveryId);
    if (!webhook || found?.webhookId !== id) return noSuchDelivery;
    const delivery: Delivery = {
      ...found,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: ports.clock.now(),
    };
    await webhooks.restartDelivery(delivery);
    await recordSending(ports, repositories, call, webhook, 'webhook.resent', delivery);
    return ok(delivery);
  });
}
