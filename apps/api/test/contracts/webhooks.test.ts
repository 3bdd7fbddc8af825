import { notificationTypes, type Account, type Delivery, type Webhook } from '@latchkey/core';
import { expect, it } from 'vitest';
import { addAccount, later, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

const lease = 60_000;

onEachEngine('the webhooks', (contract) => {
  const addWebhook = async (account: Account, given: Partial<Webhook> = {}): Promise<Webhook> => {
    const webhook: Webhook = {
      id: newId(),
      accountId: account.id,
      url: 'https://hooks.example/latchkey',
      description: 'Olá',
      types: ['key.deleted', 'key.expired'],
      state: 'active',
      secret: new Uint8Array([1, 2, 3]),
      formerSecret: null,
      failingSince: null,
      createdAt: start,
      version: 1,
      ...given,
    };
    await contract().store.webhooks.save(webhook);
    return webhook;
  };

  const addDelivery = async (webhook: Webhook, given: Partial<Delivery> = {}) => {
    const { notifications, webhooks } = contract().store;
    const { accountId } = webhook;
    const notificationId = newId();
    const data = { key: { id: newId(), key: 'lk-acme-1', name: 'Billing' }, actor: 'Ana' };
    await notifications.add([
      { id: notificationId, accountId, at: start, type: 'key.deleted', data },
    ]);
    const delivery: Delivery = {
      id: newId(),
      accountId,
      webhookId: webhook.id,
      notificationId,
      type: 'key.deleted',
      state: 'pending',
      attempts: 0,
      nextAttemptAt: start,
      lastAttemptAt: null,
      lastStatus: null,
      lastError: null,
      createdAt: start,
      ...given,
    };
    await webhooks.addDeliveries([delivery]);
    return { delivery, data };
  };

  /** What is claimed of one endpoint; the others of the file's database are passed over. */
  const claim = async (webhook: Webhook, now = start, limit = 100) => {
    const claimed = await contract().store.webhooks.claim(now, lease, limit, []);
    return claimed.filter((one) => one.webhook.id === webhook.id);
  };

  it('gives an endpoint back as it was saved, and lists those of its account, oldest first', async () => {
    const { webhooks } = contract().store;
    const account = await addAccount(contract().store);
    const second = await addWebhook(account, { createdAt: later(1) });
    const first = await addWebhook(account);
    await addWebhook(await addAccount(contract().store));
    expect(await webhooks.list(account.id)).toEqual([first, second]);
    const changed: Webhook = {
      ...first,
      url: 'https://hooks.example/elsewhere',
      description: '',
      types: notificationTypes,
      state: 'disabled',
      secret: new Uint8Array([4]),
      formerSecret: { secret: new Uint8Array([1, 2, 3]), until: later(60) },
      failingSince: later(2),
      version: 2,
    };
    await webhooks.save(changed);
    expect(await webhooks.find(account.id, first.id)).toEqual(changed);
    expect(await webhooks.find(newId(), first.id)).toBeUndefined();
  });

  it('claims a due delivery with all that an attempt needs', async () => {
    const account = await addAccount(contract().store);
    const webhook = await addWebhook(account);
    const { delivery, data } = await addDelivery(webhook);
    expect(await claim(webhook, new Date(start.getTime() - 1))).toEqual([]);
    const nextAttemptAt = new Date(start.getTime() + lease);
    expect(await claim(webhook)).toEqual([
      {
        delivery: { ...delivery, attempts: 1, nextAttemptAt },
        webhook,
        notification: {
          id: delivery.notificationId,
          accountId: account.id,
          at: start,
          type: 'key.deleted',
          data,
        },
        account: account.slug,
      },
    ]);
  });

  it('gives each delivery to one of many who ask at once, and again when its lease is over', async () => {
    const { database } = contract();
    const webhook = await addWebhook(await addAccount(contract().store));
    const { delivery } = await addDelivery(webhook);
    const nodes = [contract(), await database.open(), await database.open()];
    const ask = async (now: Date) => {
      const askers = Array.from({ length: 12 }, (_, number) => nodes[number % nodes.length]);
      const claims = await Promise.all(
        askers.map(async (node) => node?.store.webhooks.claim(now, lease, 100, [])),
      );
      return claims.flatMap((claimed) =>
        (claimed ?? []).filter((one) => one.webhook.id === webhook.id),
      );
    };
    expect(await ask(start)).toHaveLength(1);
    expect(await ask(new Date(start.getTime() + lease - 1))).toEqual([]);
    const again = await ask(new Date(start.getTime() + lease));
    expect(again).toMatchObject([{ delivery: { id: delivery.id, attempts: 2 } }]);
    expect(again[0]?.notification.id).toBe(delivery.notificationId);
  });

  it('records what came of an attempt, unless another node took the delivery on meanwhile', async () => {
    const { webhooks } = contract().store;
    const webhook = await addWebhook(await addAccount(contract().store));
    const { delivery } = await addDelivery(webhook);
    const [late] = await claim(webhook);
    const [last] = await claim(webhook, later(1));
    const outcome = { lastAttemptAt: later(2), lastStatus: null, lastError: 'TIMED_OUT' } as const;
    const isOver = { ...outcome, state: 'failed', nextAttemptAt: null } as const;
    if (!late || !last) throw new Error('It was claimed twice.');
    expect(await webhooks.recordAttempt({ ...late.delivery, ...isOver })).toBe(false);
    const done = { ...last.delivery, ...isOver };
    expect(await webhooks.recordAttempt(done)).toBe(true);
    expect(await webhooks.findDelivery(delivery.accountId, delivery.id)).toEqual(done);
    expect(await webhooks.recordAttempt(done)).toBe(false);
    expect(await claim(webhook, later(60))).toEqual([]);
    await webhooks.restartDelivery({
      ...done,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: later(60),
    });
    expect(await claim(webhook, later(60))).toMatchObject([{ delivery: { attempts: 1 } }]);
  });

  it.each(['paused', 'disabled'] as const)('lets what is for a %s endpoint wait', async (state) => {
    const { webhooks } = contract().store;
    const webhook = await addWebhook(await addAccount(contract().store), { state });
    await addDelivery(webhook);
    expect(await claim(webhook, later(60))).toEqual([]);
    await webhooks.save({ ...webhook, state: 'active' });
    expect(await claim(webhook, later(60))).toHaveLength(1);
  });

  it('claims two of an endpoint at a time, those that wait longest, so that it holds up no other', async () => {
    const account = await addAccount(contract().store);
    const slow = await addWebhook(account);
    const waiting = [];
    for (let minutes = 9; minutes >= 0; minutes -= 1) {
      waiting.unshift((await addDelivery(slow, { nextAttemptAt: later(minutes) })).delivery.id);
    }
    const other = await addWebhook(account);
    const last = await addDelivery(other, { nextAttemptAt: later(10) });
    const claimed = await contract().store.webhooks.claim(later(10), lease, 3, []);
    const ids = claimed.map((one) => one.delivery.id);
    expect(ids).toEqual([...waiting.slice(0, 2), last.delivery.id]);
  });

  it('passes over the endpoints that the caller is at work for', async () => {
    const account = await addAccount(contract().store);
    const busy = await addWebhook(account);
    const free = await addWebhook(account);
    await addDelivery(busy);
    const { delivery } = await addDelivery(free);
    const { webhooks } = contract().store;
    const claimed = await webhooks.claim(start, lease, 100, [busy.id, newId()]);
    const ids = claimed.map((one) => one.delivery.id);
    expect(ids).toContain(delivery.id);
    expect(claimed.map((one) => one.webhook.id)).not.toContain(busy.id);
    expect(await claim(busy)).toHaveLength(1);
  });

  it('forgets none that is added, or tried again, while others are claimed', async () => {
    const { database, store } = contract();
    const webhook = await addWebhook(await addAccount(store));
    const { accountId } = webhook;
    const { delivery } = await addDelivery(webhook, { state: 'succeeded', nextAttemptAt: null });
    const nodes = [store, (await database.open()).store];
    const added = Array.from({ length: 60 }, () => newId());
    let adding = added.length;
    const seen = new Set<string>();
    const claimAll = async (node: typeof store) => {
      for (let more = true; more;) {
        const isLast = adding === 0;
        const claimed = await node.webhooks.claim(start, lease, 20, []);
        for (const one of claimed) seen.add(one.delivery.id);
        more = !isLast || claimed.length > 0;
      }
    };
    const addAll = async (ids: readonly string[]) => {
      for (const id of ids) {
        await store.transaction(async ({ webhooks }) => {
          await webhooks.find(accountId, webhook.id);
          await webhooks.addDeliveries([
            { ...delivery, id, state: 'pending', nextAttemptAt: start },
          ]);
        });
        adding -= 1;
      }
    };
    await Promise.all([
      addAll(added.slice(0, 30)),
      addAll(added.slice(30)),
      ...nodes.map((node) => claimAll(node)),
    ]);
    expect(added.filter((id) => !seen.has(id))).toEqual([]);
    await store.webhooks.restartDelivery({ ...delivery, state: 'pending', nextAttemptAt: start });
    expect(await claim(webhook)).toMatchObject([{ delivery: { id: delivery.id } }]);
  });

  it('names the accounts that have an endpoint', async () => {
    const { webhooks } = contract().store;
    const [account, without] = [
      await addAccount(contract().store),
      await addAccount(contract().store),
    ];
    await addWebhook(account);
    await addWebhook(account);
    const accounts = await webhooks.listAccounts();
    expect(accounts.filter((id) => id === account.id)).toEqual([account.id]);
    expect(accounts).not.toContain(without.id);
  });

  it('lists deliveries of an endpoint by pages, newest first, of one state when asked', async () => {
    const { webhooks } = contract().store;
    const webhook = await addWebhook(await addAccount(contract().store));
    const query = { accountId: webhook.accountId, webhookId: webhook.id };
    const added = [];
    for (const minutes of [0, 1, 1, 2]) {
      const state = minutes === 2 ? 'succeeded' : 'pending';
      const nextAttemptAt = minutes === 2 ? null : later(90);
      const given = { createdAt: later(minutes), state, nextAttemptAt } as const;
      added.unshift((await addDelivery(webhook, given)).delivery);
    }
    const first = await webhooks.listDeliveries({ ...query, limit: 2 });
    const cursor = first?.nextCursor ?? '';
    const second = await webhooks.listDeliveries({ ...query, limit: 2, cursor });
    expect([...(first?.items ?? []), ...(second?.items ?? [])]).toEqual(
      added.toSorted(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
      ),
    );
    expect(second?.nextCursor).toBeNull();
    const succeeded = await webhooks.listDeliveries({ ...query, state: 'succeeded', limit: 9 });
    expect(succeeded?.items).toEqual(added.slice(0, 1));
    expect(await webhooks.listDeliveries({ ...query, limit: 2, cursor: 'else' })).toBeUndefined();
    const elsewhere = { ...query, accountId: newId(), limit: 9 };
    expect(await webhooks.listDeliveries(elsewhere)).toEqual({ items: [], nextCursor: null });
  });

  it('deletes an endpoint with its deliveries', async () => {
    const { webhooks } = contract().store;
    const webhook = await addWebhook(await addAccount(contract().store));
    const { delivery } = await addDelivery(webhook);
    await webhooks.remove(newId(), webhook.id);
    expect(await webhooks.find(webhook.accountId, webhook.id)).toEqual(webhook);
    await webhooks.remove(webhook.accountId, webhook.id);
    expect(await webhooks.findDelivery(webhook.accountId, delivery.id)).toBeUndefined();
  });
});
