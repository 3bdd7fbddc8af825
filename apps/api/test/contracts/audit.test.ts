import type { AuditEvent } from '@latchkey/core';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { addAccount, later, makeEvent, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the audit log', (contract, engine) => {
  const append = (account: { id: string }, given: Partial<AuditEvent> = {}) =>
    contract().store.transaction(async ({ audit }) => {
      const event = makeEvent(account, await audit.head(account.id), given);
      await audit.append(event);
      return event;
    });

  it('gives events back exactly as they were appended, newest first', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const first = await append(account);
    const second = await append(account, {
      actor: { kind: 'system', id: null, name: 'Latchkey' },
      keyId: newId(),
      subject: 'Ünï',
      details: { completeAt: null, count: 3, scheduled: true, roles: [], 'a"b': '\\' },
      from: null,
    });
    const page = await store.audit.list({ accountId: account.id, limit: 10 });
    expect(page).toEqual({ items: [second, first], nextCursor: null });
    expect(await store.audit.head(account.id)).toEqual({ sequence: 2, hash: second.hash });
  });

  it('has no gap and no fork after 50 simultaneous appends on two nodes', async () => {
    const { store, database } = contract();
    const nodes = [store, (await database.open()).store];
    const account = await addAccount(store);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (nodes[index % 2] ?? store).transaction(async ({ audit }) => {
          await audit.append(makeEvent(account, await audit.head(account.id)));
        }),
      ),
    );
    let last = { sequence: 0, hash: '' };
    for await (const event of store.audit.walk(account.id)) {
      expect(event.sequence).toBe(last.sequence + 1);
      expect(event.previousHash).toBe(last.hash);
      last = event;
    }
    expect(last.sequence).toBe(50);
    expect(await store.audit.head(account.id)).toEqual({ sequence: 50, hash: last.hash });
  });

  it('tells what happened after an event, and which was the last before a moment', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const keyId = newId();
    const first = await append(account, { at: start });
    await append(account, { at: later(1), action: 'key.edited', keyId });
    await append(account, { at: later(2) });
    expect(await store.audit.after(account.id, first.sequence, 1)).toEqual([
      { sequence: 2, action: 'key.edited', keyId },
    ]);
    expect(await store.audit.after(account.id, 3, 10)).toEqual([]);
    expect(await store.audit.lastBefore(account.id, later(2))).toBe(2);
    expect(await store.audit.lastBefore(account.id, start)).toBe(0);
  });

  it('refuses an event that does not follow the last', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const first = await append(account);
    await expect(store.audit.append(first)).rejects.toThrow('does not follow');
    await expect(
      store.audit.append(makeEvent(account, { sequence: 1, hash: 'forged' })),
    ).rejects.toThrow('does not follow');
    expect((await store.audit.head(account.id)).sequence).toBe(1);
  });

  it('walks a long log in order, page by page', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    await store.transaction(async ({ audit }) => {
      let head = await audit.head(account.id);
      for (let count = 0; count < 1203; count += 1) {
        const event = makeEvent(account, head);
        await audit.append(event);
        head = event;
      }
    });
    const sequences = [];
    for await (const event of store.audit.walk(account.id)) sequences.push(event.sequence);
    expect(sequences).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1));
  });

  it('filters by action, by key and by actor, by id or a part of the name', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const ana = { kind: 'member', id: newId(), name: 'José.Ana@example.com' } as const;
    const key = { kind: 'key', id: newId(), name: 'lk-acme-100%_OK' } as const;
    const keyId = newId();
    const [one, two, three] = [
      await append(account, { actor: ana, action: 'key.generated', keyId }),
      await append(account, { actor: key, action: 'key.deleted', keyId }),
      await append(account, { actor: ana, action: 'key.deleted' }),
    ];
    const list = async (query: object) =>
      (await store.audit.list({ accountId: account.id, limit: 10, ...query }))?.items;
    expect(await list({ action: 'key.deleted' })).toEqual([three, two]);
    expect(await list({ keyId })).toEqual([two, one]);
    expect(await list({ actor: ana.id })).toEqual([three, one]);
    expect(await list({ actor: 'jose.ANA' })).toEqual([three, one]);
    expect(await list({ actor: '0%_o' })).toEqual([two]);
    expect(await list({ actor: '%' })).toEqual([two]);
    expect(await list({ actor: 'a_a' })).toEqual([]);
    expect(await list({ actor: '\0' })).toEqual([]);
    expect(await list({ actor: ana.id, action: 'key.deleted', keyId })).toEqual([]);
  });

  it('pages without a gap while events arrive, and refuses a cursor that it never gave out', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const events = [];
    for (let count = 0; count < 7; count += 1) events.push(await append(account));
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await store.audit.list({ accountId: account.id, limit: 3, cursor });
      seen.push(...(page?.items ?? []));
      cursor = page?.nextCursor ?? undefined;
      await append(account);
    } while (cursor !== undefined);
    expect(seen).toEqual(events.toReversed());
    for (const forged of [
      '',
      'x',
      'WyJ4Il0',
      Buffer.from('["audit-events","1"]').toString('base64url'),
    ]) {
      expect(
        await store.audit.list({ accountId: account.id, limit: 3, cursor: forged }),
      ).toBeUndefined();
    }
  });

  it('is only ever added to: the database itself refuses to change or delete an event', async () => {
    const { store, kysely } = contract();
    const account = await addAccount(store);
    const event = await append(account);
    const ofAccount = sql`account_id = ${account.id}`;
    for (const statement of [
      sql`update audit_event set subject = 'another' where ${ofAccount}`,
      sql`delete from audit_event where ${ofAccount}`,
      sql`delete from audit_event`,
      ...(engine === 'postgresql' ? [sql`truncate audit_event`] : []),
    ]) {
      await expect(statement.execute(kysely)).rejects.toThrow('only ever added');
    }
    const page = await store.audit.list({ accountId: account.id, limit: 10 });
    expect(page?.items).toEqual([event]);
  });

  it('knows when an actor was last refused something', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const actor = { kind: 'member', id: newId(), name: 'ana@example.com' } as const;
    const refused = { actor, action: 'access.refused', subject: 'keys.edit' } as const;
    await append(account, { ...refused, at: later(1) });
    await append(account, { ...refused, at: later(2) });
    await append(account, { ...refused, at: later(3), subject: 'keys.renew' });
    await append(account, { ...refused, at: later(4), action: 'key.edited' });
    await append(account, { ...refused, at: later(5), action: 'sign-in.failed' });
    const last = (
      id: string,
      subject: string,
      action: 'access.refused' | 'sign-in.failed' = 'access.refused',
    ) => store.audit.lastRefusal(account.id, id, { action, subject });
    expect(await last(actor.id, 'keys.edit', 'sign-in.failed')).toEqual(later(5));
    expect(await last(actor.id, 'keys.edit')).toEqual(later(2));
    expect(await last(actor.id, 'keys.renew')).toEqual(later(3));
    expect(await last(actor.id, 'roles.edit')).toBeUndefined();
    expect(await last(newId(), 'keys.edit')).toBeUndefined();
  });

  it('shows no account the events of another', async () => {
    const { store } = contract();
    const [account, other] = [await addAccount(store), await addAccount(store)];
    await append(account, { keyId: 'shared' });
    expect((await store.audit.list({ accountId: other.id, limit: 5 }))?.items).toEqual([]);
    expect(
      (await store.audit.list({ accountId: other.id, limit: 5, keyId: 'shared' }))?.items,
    ).toEqual([]);
    expect(await store.audit.head(other.id)).toEqual({ sequence: 0, hash: '' });
  });
});
