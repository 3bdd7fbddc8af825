import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import type { ChangeListener, OpenStore } from '../../src/store/index.ts';
import {
  addAccount,
  addKey,
  addRole,
  makeEvent,
  makeKey,
  newId,
  start as moment,
} from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

/** How long another node may take to hear on a busy machine, in milliseconds: what it has not heard by then it will not hear. */
const patience = 30_000;

/** What a listener heard, in order; confirmations apart. */
function listen({ changes }: OpenStore) {
  const heard: string[] = [];
  const confirmations: number[] = [];
  const listener: ChangeListener = {
    changed: ({ accountId, keyId }) => heard.push(`${accountId} ${keyId ?? 'all'}`),
    lost: () => heard.push('lost'),
    confirmed: (at) => confirmations.push(at),
    appended: (accountId) => heard.push(`${accountId} appended`),
  };
  changes.subscribe(listener);
  return {
    heard,
    confirmations,
    /** Waits until another node's stream is up, so that what follows is told. */
    ready: () => vi.waitFor(() => expect(confirmations.length).toBeGreaterThan(0), patience),
  };
}

onEachEngine('the stream of changes', (contract, engine) => {
  it('tells this node of a change before whoever made it has their answer', async () => {
    const { store, changes } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const { heard } = listen({ ...contract(), changes });
    await store.keys.save({ ...key, status: 'inactive' });
    expect(heard).toContain(`${account.id} ${key.id}`);
  });

  it('tells that a link was redeemed: from then on a scheduled completion ends the old token', async () => {
    const { store, changes } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const { heard } = listen({ ...contract(), changes });
    await store.links.redeem(key.link?.id ?? '', moment, null);
    expect(heard).toContain(`${account.id} ${key.id}`);
  });

  it('tells every other node, of keys, roles and deletions', async () => {
    const { store, database } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const other = listen(await database.open());
    await other.ready();
    const start = performance.now();
    await store.keys.save({ ...key, status: 'inactive' });
    await vi.waitFor(() => expect(other.heard).toContain(`${account.id} ${key.id}`), patience);
    await addRole(store, account);
    await vi.waitFor(() => expect(other.heard).toContain(`${account.id} all`), patience);
    other.heard.length = 0;
    await store.keys.remove(account.id, key.id);
    await vi.waitFor(() => expect(other.heard).toContain(`${account.id} ${key.id}`), patience);
    await vi.waitFor(() => expect(other.confirmations.at(-1)).toBeGreaterThan(start), patience);
  });

  it('tells every node of an audit log that grew, and this one before whoever did it has their answer', async () => {
    const { store, database } = contract();
    const account = await addAccount(store);
    const own = listen(contract());
    const other = listen(await database.open());
    await other.ready();
    await store.transaction(async ({ audit }) => {
      await audit.append(makeEvent(account, await audit.head(account.id)));
    });
    expect(own.heard).toContain(`${account.id} appended`);
    await vi.waitFor(() => expect(other.heard).toContain(`${account.id} appended`), patience);
    expect(other.heard).not.toContain(`${account.id} all`);
  });

  it('tells other nodes nothing of what was rolled back', async () => {
    const { store, database } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    const other = listen(await database.open());
    await other.ready();
    const undone = store.transaction(async ({ keys }) => {
      await keys.save({ ...key, status: 'inactive' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const later = await addKey(store, account);
    await store.keys.remove(account.id, later.id);
    await vi.waitFor(() => expect(other.heard).toContain(`${account.id} ${later.id}`), patience);
    expect(other.heard).not.toContain(`${account.id} ${key.id}`);
  });

  it('tells nothing of a new key, whose token nobody can have shown before', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const { heard } = listen(contract());
    await store.keys.add(makeKey(account));
    expect(heard).toEqual([]);
  });

  it.runIf(engine === 'postgresql')(
    'says that changes may be missing when its connection breaks, and hears again',
    async () => {
      const { store, kysely, database } = contract();
      const account = await addAccount(store);
      const key = await addKey(store, account);
      const other = listen(await database.open());
      await other.ready();
      other.heard.length = 0;
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'latchkey changes' and datname = current_database()
      `.execute(kysely);
      await vi.waitFor(() => expect(other.heard).toContain('lost'), patience);
      await store.keys.save({ ...key, status: 'inactive' });
      await vi.waitFor(() => expect(other.heard).toContain(`${account.id} ${key.id}`), patience);
    },
  );

  it.runIf(engine === 'sqlite')(
    'says that changes may be missing to who is too far behind to read them all, and where a number is missing',
    async () => {
      const { store, kysely, database } = contract();
      const account = await addAccount(store);
      const key = await addKey(store, account);
      const behind = listen(await database.open());
      await behind.ready();
      behind.heard.length = 0;
      // In one transaction, so that nobody reads what is thrown away before it is.
      await store.transaction(async ({ keys }) => {
        for (let removed = 0; removed < 1500; removed += 1) await keys.remove(account.id, newId());
        await keys.save({ ...key, status: 'inactive' });
      });
      await vi.waitFor(() => expect(behind.heard).toContain('lost'), patience);
      expect(behind.heard).toContain(`${account.id} ${key.id}`);
      behind.heard.length = 0;
      // As a restore leaves one, here after a change that is read together with it.
      await kysely.transaction().execute(async (transaction) => {
        await sql`insert into change (account_id) values (${account.id})`.execute(transaction);
        await sql`
          insert into change (sequence, account_id) select max(sequence) + 2, '' from change
        `.execute(transaction);
      });
      await vi.waitFor(() => expect(behind.heard).toContain('lost'), patience);
      expect(behind.heard[0]).toBe(`${account.id} all`);
    },
  );
});
