import {
  changeSettings,
  countFailures,
  createWebhook,
  deleteKey,
  editKey,
  eraseOldNotifications,
  generateKey,
  importKeys,
  inviteMember,
  manyFailures,
  notificationTypes,
  renewToken,
  Secret,
  sendDueWebhooks,
  tellDueAlerts,
  type ApiKey,
  type Call,
  type NotificationType,
  type Ports,
  type Result,
} from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { day, hour, minute, openNodes, type Nodes } from './nodes.ts';

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.value;
}

const url = 'https://hooks.example/latchkey';
const anyUrl = () => undefined;
const addWebhook = async (
  ports: Ports,
  call: Call,
  types: readonly NotificationType[] = notificationTypes,
) => unwrap(await createWebhook(ports, call, { url, description: '', types }, anyUrl)).webhook;

const generate = async (ports: Ports, call: Call, expiresAt: Date | null = null) =>
  unwrap(await generateKey(ports, call, { name: 'Billing', roleIds: [], expiresAt })).key;

describe.each(engines)('what an account is told, on %s', (engine) => {
  let database: TestDatabase;
  let nodes: Nodes;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    nodes = await openNodes(database, 3);
  });
  afterEach(() => database.remove());

  /** What was sent to the account's endpoint since the last time, by type, every node taking part. */
  const received = async (): Promise<string[]> => {
    const types: string[] = [];
    const failed: unknown[] = [];
    for (;;) {
      const before = types.length;
      for (const ports of nodes.ports) {
        const send = async ({ body }: { body: string }) => {
          types.push((JSON.parse(body) as { type: string }).type);
          return { status: 200 };
        };
        const begun = await sendDueWebhooks(ports, send, { busy: [], most: 20 }, (error) =>
          failed.push(error),
        );
        await Promise.all(begun.map(({ done }) => done));
      }
      expect(failed).toEqual([]);
      if (types.length === before) return types;
    }
  };
  /** A sweep of all nodes at the same moment. */
  const sweep = async () => {
    const told = await Promise.all(nodes.ports.map(tellDueAlerts));
    return told.reduce((sum, count) => sum + count, 0);
  };

  it('tells of a token that becomes due and then overdue, each once, however many nodes look', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    await generate(first, call);
    await generate(first, call);
    clock.at = new Date('2026-06-01T05:59:59.999Z');
    expect(await sweep()).toBe(0);
    clock.advance(1);
    expect(await sweep()).toBe(2);
    expect(await received()).toEqual(['key.renewal_due', 'key.renewal_due']);
    clock.advance(20 * day);
    expect(await sweep()).toBe(0);
    clock.at = new Date('2026-09-01T06:00:00.000Z');
    expect(await sweep()).toBe(2);
    expect(await received()).toEqual(['key.renewal_overdue', 'key.renewal_overdue']);
    expect(await sweep()).toBe(0);
  });

  it('tells of what began to hold while no node ran, as it is now', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    await generate(first, call);
    clock.advance(400 * day);
    expect(await sweep()).toBe(1);
    expect(await received()).toEqual(['key.renewal_overdue']);
  });

  it('tells of a key 14 days before it expires and when it has, and again when that is put off', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    const expiresAt = new Date(clock.at.getTime() + 20 * day);
    const key = await generate(first, call, expiresAt);
    clock.advance(6 * day - 1);
    expect(await sweep()).toBe(0);
    clock.advance(1);
    expect(await sweep()).toBe(1);
    clock.advance(14 * day);
    expect(await sweep()).toBe(1);
    expect(await received()).toEqual(['key.expiring', 'key.expired']);
    const later = new Date(clock.at.getTime() + 15 * day);
    unwrap(await editKey(first, call, key.id, { expiresAt: later }));
    expect(await sweep()).toBe(0);
    clock.advance(day);
    expect(await sweep()).toBe(1);
    expect(await received()).toEqual(['key.expiring']);
  });

  it('tells at once of an expiry that is set less than 14 days ahead, with the change itself', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    const soon = new Date(clock.at.getTime() + 13 * day);
    const key = await generate(first, call, soon);
    expect(await received()).toEqual(['key.expiring']);
    unwrap(await editKey(first, call, key.id, { name: 'Renamed' }));
    expect(await sweep()).toBe(0);
    expect(await received()).toEqual([]);
  });

  it('tells at once of a key that is imported less than 14 days before it expires', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    const days = (count: number) => new Date(clock.at.getTime() + count * day);
    const imported = [days(13), days(15), null].map((expiresAt, number) => ({
      name: `Imported ${String(number)}`,
      roles: [],
      expiresAt,
      token: new Secret(`of another system ${String(number)}`),
    }));
    unwrap(await importKeys(first, call.account.slug, imported));
    expect(await received()).toEqual(['key.expiring']);
    expect(await sweep()).toBe(0);
  });

  it('tells of every key that is due under a shorter period, old and new', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    unwrap(await changeSettings(first, call, { renewalPeriodMonths: 6 }));
    await generate(first, call);
    clock.advance(100 * day);
    expect(await sweep()).toBe(0);
    unwrap(await changeSettings(first, call, { renewalPeriodMonths: 3 }));
    expect(await sweep()).toBe(1);
    unwrap(await changeSettings(first, call, { renewalPeriodMonths: 6 }));
    unwrap(await changeSettings(first, call, { renewalPeriodMonths: 3 }));
    expect(await sweep()).toBe(0);
    expect(await received()).toEqual(['key.renewal_due']);
  });

  it('tells of many keys in one sweep', async () => {
    const { call, clock, first } = nodes;
    for (let made = 0; made < 250; made += 1) await generate(first, call);
    clock.advance(100 * day);
    expect(await sweep()).toBe(250);
    expect(await sweep()).toBe(0);
  });

  it('begins anew with a new token', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    const key = await generate(first, call);
    clock.advance(100 * day);
    expect(await sweep()).toBe(1);
    // The first token was never delivered, so the new one takes its place.
    unwrap(await renewToken(first, call, key.id, null));
    clock.advance(89 * day);
    expect(await sweep()).toBe(0);
    clock.advance(5 * day);
    expect(await sweep()).toBe(1);
    expect(await received()).toEqual(['key.renewal_due', 'key.renewal_due']);
  });

  it('tells nothing of a change that fails', async () => {
    const { call, first } = nodes;
    await addWebhook(first, call);
    const key = await generate(first, call);
    const breaking: Ports = {
      ...first,
      store: {
        ...first.store,
        transaction: (work) =>
          first.store.transaction(async (repositories) => {
            await work(repositories);
            throw new Error('The power went out.');
          }),
      },
    };
    await expect(deleteKey(breaking, call, key.id)).rejects.toThrow('The power went out.');
    expect(await received()).toEqual([]);
    unwrap(await deleteKey(first, call, key.id));
    expect(await received()).toEqual(['key.deleted']);
  });

  it('sends an endpoint what it asked for, and nothing from before it was there', async () => {
    const { call, first } = nodes;
    const deleted: ApiKey[] = [await generate(first, call), await generate(first, call)];
    unwrap(await deleteKey(first, call, deleted[0]?.id ?? ''));
    await addWebhook(first, call, ['link.tried_again']);
    unwrap(await deleteKey(first, call, deleted[1]?.id ?? ''));
    expect(await received()).toEqual([]);
  });

  it('tells of many failed verifications of one key within an hour, whichever nodes counted them, once a day', async () => {
    const { call, clock, ports, first } = nodes;
    await addWebhook(first, call);
    const { key } = await generate(first, call);
    const fail = async (count: number) => {
      for (const node of ports) {
        await countFailures(
          node,
          new Map([
            [key, count],
            ['lk-acme-NOTHING1', 10_000],
          ]),
        );
      }
    };
    const third = Math.ceil(manyFailures.ofKey / 3);
    await fail(third - 1);
    expect(await received()).toEqual([]);
    clock.advance(hour);
    await fail(third - 1);
    expect(await received()).toEqual([]);
    await fail(1);
    expect(await received()).toEqual(['key.verification_failures']);
    await fail(1000);
    expect(await received()).toEqual(['account.verification_failures']);
    clock.advance(hour);
    await fail(1000);
    expect(await received()).toEqual([]);
    clock.advance(day);
    await fail(1000);
    expect((await received()).sort()).toEqual([
      'account.verification_failures',
      'key.verification_failures',
    ]);
  });

  it('forgets after 30 days, but not what was told', async () => {
    const { call, clock, first } = nodes;
    await addWebhook(first, call);
    await generate(first, call);
    clock.advance(100 * day);
    expect(await sweep()).toBe(1);
    clock.advance(31 * day);
    expect(await eraseOldNotifications(first)).toBeGreaterThan(0);
    expect(await received()).toEqual([]);
    unwrap(await changeSettings(first, call, { renewalPeriodMonths: 3 }));
    expect(await sweep()).toBe(0);
    clock.advance(minute);
    expect(await eraseOldNotifications(first)).toBe(0);
  });

  it('invites an owner without telling before they join', async () => {
    const { call, first } = nodes;
    await addWebhook(first, call);
    const [role] = await first.store.roles.list(call.account.id);
    unwrap(await inviteMember(first, call, 'bia@acme.example', [role?.id ?? '']));
    expect(await received()).toEqual([]);
  });
});
