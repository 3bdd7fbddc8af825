import {
  createWebhook,
  deleteKey,
  editWebhook,
  generateKey,
  listDeliveries,
  mostAttempts,
  replaceWebhookSecret,
  resendDelivery,
  resealWebhookSecrets,
  retryDelay,
  secretOverlap,
  testWebhook,
  type Delivery,
  type Result,
  type Webhook,
} from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { makeWebhookRunner } from '../../src/webhooks/webhook-runner.ts';
import { makeWebhookSender } from '../../src/webhooks/webhook-sender.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { startReceiver, status, verifyRequest, type Receiver } from '../webhooks/receiver.ts';
import { hour, openNodes, type Nodes } from './nodes.ts';

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.value;
}

const anyUrl = () => undefined;
const send = makeWebhookSender({ allows: () => true });

describe.each(engines)('webhooks, sent to a real receiver, on %s', (engine) => {
  let database: TestDatabase;
  let nodes: Nodes;
  let receiver: Receiver;
  const failures: unknown[] = [];
  beforeEach(async () => {
    database = await makeDatabase(engine);
    nodes = await openNodes(database, 3);
    receiver = await startReceiver();
    failures.length = 0;
  });
  afterEach(async () => {
    await receiver.stop();
    await database.remove();
    if (failures.length > 0) throw new AggregateError(failures);
  });

  const add = async (url = receiver.url) => {
    const input = { url, description: '', types: ['key.deleted', 'webhook.disabled'] as const };
    const { secret, webhook } = unwrap(await createWebhook(nodes.first, nodes.call, input, anyUrl));
    return { webhook, secret: secret.reveal() };
  };
  const deleteOne = async () => {
    const { call, first } = nodes;
    const input = { name: 'Billing', roleIds: [], expiresAt: null };
    unwrap(await deleteKey(first, call, unwrap(await generateKey(first, call, input)).key.id));
  };
  /** Every node at once makes what attempts are due, until none is. */
  const sweep = async () => {
    const runners = nodes.ports.map((ports) =>
      makeWebhookRunner(ports, send, (error) => failures.push(error)),
    );
    await Promise.all(runners.map((runner) => runner.run()));
    await Promise.all(runners.map((runner) => runner.stop()));
  };
  const deliveriesOf = async ({ id }: Pick<Webhook, 'id'>): Promise<Delivery[]> =>
    unwrap(await listDeliveries(nodes.first, nodes.call, id, { limit: 100 })).items;
  const find = async ({ accountId, id }: Webhook) => nodes.first.store.webhooks.find(accountId, id);

  it('are each sent once, however many nodes look, with a signature that verifies', async () => {
    const { secret, webhook } = await add();
    for (let deleted = 0; deleted < 12; deleted += 1) await deleteOne();
    // What is begun at once is at most two of an endpoint; the rest follows as they end.
    for (let swept = 0; swept < 6; swept += 1) await sweep();
    expect(receiver.requests).toHaveLength(12);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(12);
    const deliveries = await deliveriesOf(webhook);
    expect(new Set(deliveries.map(({ notificationId }) => notificationId))).toEqual(new Set(ids));
    expect(
      new Set(deliveries.map(({ attempts, state }) => `${state} ${String(attempts)}`)),
    ).toEqual(new Set(['succeeded 1']));
    // The clock of the nodes stands in spring: the library minds the age of what it verifies, not we.
    const [request] = receiver.requests;
    const at = nodes.clock.at.getTime() / 1000;
    expect(request?.headers['webhook-timestamp']).toBe(String(at));
    nodes.clock.at = new Date();
    await deleteOne();
    await sweep();
    const last = receiver.requests.at(-1);
    if (!last) throw new Error('There is a request.');
    expect(verifyRequest(last, secret)).toMatchObject({
      type: 'key.deleted',
      data: { account: 'acme', key: { name: 'Billing' }, actor: nodes.owner.email },
    });
  });

  it('are tried again with back-off, under the same id, until they are taken', async () => {
    const { webhook } = await add();
    receiver.answer((response, before) => status(before < 3 ? 503 : 200)(response, before));
    await deleteOne();
    const waits: number[] = [];
    for (;;) {
      await sweep();
      const [delivery] = await deliveriesOf(webhook);
      if (delivery?.state === 'succeeded') break;
      expect(delivery).toMatchObject({ state: 'pending', lastStatus: 503, lastError: null });
      const next = delivery?.nextAttemptAt?.getTime() ?? 0;
      const wait = next - nodes.clock.at.getTime();
      waits.push(wait);
      const tries = receiver.requests.length;
      nodes.clock.advance(wait - 1);
      await sweep();
      expect(receiver.requests).toHaveLength(tries);
      nodes.clock.advance(1);
    }
    expect(waits).toHaveLength(3);
    for (const [tried, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(retryDelay(tried + 1, 0));
      expect(wait).toBeLessThanOrEqual(retryDelay(tried + 1, 1));
    }
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    expect(await find(webhook)).toMatchObject({ state: 'active', failingSince: null });
  });

  it('are given up in the end, and the endpoint is disabled, until an admin makes it active again', async () => {
    const { webhook } = await add();
    const other = await startReceiver();
    const told = await add(other.url);
    receiver.answer(status(302, { Location: other.url }));
    await deleteOne();
    for (let tries = 0; tries < mostAttempts; tries += 1) {
      await sweep();
      nodes.clock.advance(30 * hour);
    }
    await sweep();
    expect(receiver.requests).toHaveLength(mostAttempts);
    expect(await find(webhook)).toMatchObject({ state: 'disabled' });
    expect(await deliveriesOf(webhook)).toMatchObject([
      { type: 'webhook.disabled', state: 'pending', attempts: 0 },
      { type: 'key.deleted', state: 'failed', attempts: mostAttempts, lastStatus: 302 },
    ]);
    const types = other.requests.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types).toEqual(['key.deleted', 'webhook.disabled']);
    expect(await find(told.webhook)).toMatchObject({ state: 'active' });
    receiver.answer(status(200));
    const { call, first } = nodes;
    const [, failed] = await deliveriesOf(webhook);
    unwrap(await resendDelivery(first, call, webhook.id, failed?.id ?? ''));
    await sweep();
    expect(receiver.requests).toHaveLength(mostAttempts);
    unwrap(await editWebhook(first, call, webhook.id, { state: 'active' }, anyUrl));
    await sweep();
    expect(receiver.requests.at(-1)?.headers['webhook-id']).toBe(failed?.notificationId);
    await other.stop();
  });

  it('stop at once for an endpoint that says 410', async () => {
    const { webhook } = await add();
    receiver.answer(status(410));
    unwrap(await testWebhook(nodes.first, nodes.call, webhook.id));
    await sweep();
    expect(await deliveriesOf(webhook)).toMatchObject([
      { type: 'webhook.disabled', state: 'pending' },
      { type: 'webhook.test', state: 'failed', attempts: 1, lastStatus: 410 },
    ]);
    expect(await find(webhook)).toMatchObject({ state: 'disabled' });
  });

  it('go on for others while one endpoint does not answer', async () => {
    const slow = await startReceiver();
    let answerAll = () => undefined as void;
    const answered = new Promise<void>((resolve) => {
      answerAll = resolve;
    });
    slow.answer((response, before) => void answered.then(() => status(200)(response, before)));
    const stuck = await add(slow.url);
    const { webhook } = await add();
    for (let deleted = 0; deleted < 5; deleted += 1) await deleteOne();
    const patient = makeWebhookSender({ allows: () => true, patience: 120_000 });
    const runner = makeWebhookRunner(nodes.first, patient, (error) => failures.push(error));
    await runner.run();
    await expect
      .poll(async () => (await deliveriesOf(webhook)).map(({ state }) => state), {
        timeout: 30_000,
      })
      .toEqual(Array.from({ length: 5 }, () => 'succeeded'));
    expect(slow.connections()).toBe(2);
    answerAll();
    await expect
      .poll(async () => (await deliveriesOf(stuck.webhook)).map(({ state }) => state), {
        timeout: 30_000,
      })
      .toEqual(Array.from({ length: 5 }, () => 'succeeded'));
    await runner.stop();
    await slow.stop();
  });

  it('do not reach this machine unless the operator allows it', async () => {
    const { webhook } = await add();
    await deleteOne();
    const runner = makeWebhookRunner(nodes.first, makeWebhookSender(), (error) =>
      failures.push(error),
    );
    await runner.run();
    await runner.stop();
    expect(receiver.connections()).toBe(0);
    expect(await deliveriesOf(webhook)).toMatchObject([
      { state: 'pending', attempts: 1, lastStatus: null, lastError: 'ADDRESS_REFUSED' },
    ]);
  });

  it('are signed by the secret before it too, for a day after it was replaced', async () => {
    nodes.clock.at = new Date();
    const { secret: former, webhook } = await add();
    const { call, first } = nodes;
    const replaced = unwrap(await replaceWebhookSecret(first, call, webhook.id));
    const present = replaced.secret.reveal();
    await deleteOne();
    await sweep();
    const [both] = receiver.requests;
    if (!both) throw new Error('There is a request.');
    for (const secret of [former, present]) expect(verifyRequest(both, secret)).toBeTruthy();
    nodes.clock.advance(secretOverlap);
    await deleteOne();
    await sweep();
    expect(receiver.requests[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });

  it('say so when the secret that sealed theirs is gone, and need it no more once they are sealed anew', async () => {
    nodes.clock.at = new Date();
    const { secret, webhook } = await add();
    const { call, first } = nodes;
    unwrap(await replaceWebhookSecret(first, call, webhook.id));
    const newSecret = nodeCrypto.randomBytes(32);
    const [old, fresh] = [nodes.keyringOf(nodes.secret), nodes.keyringOf(newSecret)];
    const both = nodes.keyringOf(newSecret, nodes.secret);
    nodes.ports = nodes.ports.map((ports) => ({ ...ports, keyring: fresh }));
    await deleteOne();
    await sweep();
    expect(await deliveriesOf(webhook)).toMatchObject([{ lastError: 'SECRET_LOST' }]);
    expect(receiver.requests).toEqual([]);

    const resealing = { ...first, keyring: both };
    const resealed = await Promise.all([resealing, resealing].map(resealWebhookSecrets));
    expect(resealed.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await resealWebhookSecrets(resealing)).toBe(0);
    const sealed = await find(webhook);
    expect(old.openWebhookSecret(sealed?.secret ?? new Uint8Array(), webhook.id)).toBeUndefined();
    nodes.clock.advance(60_000);
    await sweep();
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    expect(verifyRequest(request, secret)).toMatchObject({ type: 'key.deleted' });
  });
});
