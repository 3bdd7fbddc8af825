import { describe, expect, it } from 'vitest';
import { roles } from '../fixtures/roles.ts';
import type { KeyQuery } from '../api-keys/source.ts';
import { conformanceCases } from './conformance.ts';
import { createMemorySource } from './memory-source.ts';
import type { MemorySource } from './memory-source.ts';

const all: KeyQuery = {
  search: '',
  filters: { status: null, role: null, alert: null, attention: null },
  sort: { column: 'createdAt', order: 'desc' },
  cursor: null,
  limit: 100,
};

const externalKey = 'lk-elsewhere-0A1B2C3D';

describe('the in-memory source keeps every rule', async () => {
  const source = createMemorySource({ roles });
  const cases = await conformanceCases({
    create: () => source,
    redeem: (url) => source.redeem(url),
    externalKey,
  });
  it.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('the conformance suite', () => {
  async function broken(change: (source: MemorySource) => Partial<MemorySource>) {
    const source = createMemorySource({ roles });
    const cases = await conformanceCases({
      create: () => ({ ...source, ...change(source) }),
      redeem: (url) => source.redeem(url),
      externalKey,
    });
    const failed: string[] = [];
    for (const { name, run } of cases) {
      await run().catch(() => failed.push(name));
    }
    return failed;
  }

  it('notices a list that repeats its first page', async () => {
    expect(
      await broken((source) => ({
        listKeys: (query) => source.listKeys({ ...query, cursor: null }),
      })),
    ).toContain('leads through all pages without gap or repetition');
  });

  it('notices a key that is generated inactive', async () => {
    expect(
      await broken((source) => ({
        generateKey: async (input) => {
          const issued = await source.generateKey(input);
          return { ...issued, key: await source.updateKey(issued.key.id, { status: 'inactive' }) };
        },
      })),
    ).toContain('generates a key that is active at once, with its name trimmed');
  });

  it('notices a renewal that drops the old token', async () => {
    expect(
      await broken((source) => ({
        renewKey: async (id) => {
          const issued = await source.renewKey(id);
          return issued.key.renewal ? { ...issued, key: await source.completeRenewal(id) } : issued;
        },
      })),
    ).toContain('keeps both tokens after a renewal until it is completed');
  });

  it('notices a delete that does nothing', async () => {
    expect(await broken(() => ({ deleteKey: async () => undefined }))).toContain(
      'deletes a key for good',
    );
  });

  it('notices a change of roles that is forgotten', async () => {
    expect(
      await broken((source) => ({
        updateKey: async (id, changes) => {
          const before = await source.updateKey(id, {});
          const roleIds = before.roles.map((role) => role.id);
          return source.updateKey(id, { ...changes, roleIds });
        },
      })),
    ).toContain('changes the roles, and nothing else');
  });

  it('notices a role that is granted by who may not grant it', async () => {
    const generous = createMemorySource({
      roles: roles.map((role) => ({ ...role, grantable: true })),
    });
    expect(
      await broken((source) => ({ ...generous, listRoles: () => source.listRoles() })),
    ).toContain('refuses to grant a role that it says cannot be granted');
  });

  it('notices an order that is not kept', async () => {
    expect(
      await broken((source) => ({
        listKeys: ({ sort: { column }, ...query }) =>
          source.listKeys({ ...query, sort: { column, order: 'asc' } }),
      })),
    ).toContain('sorts by the time of creation, of the last use and by status, in either order');
  });

  it('notices an alert that is not filtered by', async () => {
    expect(
      await broken((source) => ({
        listKeys: ({ filters, ...query }) =>
          source.listKeys({ ...query, filters: { ...filters, alert: null } }),
      })),
    ).toContain('filters by renewal alert');
  });

  it('notices an external key that gets no role', async () => {
    expect(
      await broken((source) => ({
        addExternalKey: ({ key }) => source.addExternalKey({ key, roleIds: [] }),
      })),
    ).toContain('adds, changes and removes an external key');
  });

  it('notices an export that fails, and a listener that cannot stop', async () => {
    const failed = await broken((source) => ({
      exportKeys: () => Promise.reject(new Error('The disk is full.')),
      subscribe: (onChange) => {
        source.subscribe(onChange);
        return () => undefined;
      },
    }));
    expect(failed).toContain('exports all keys');
    expect(failed).toContain('tells who subscribed that a key changed, until they stop');
  });

  it('leaves out what a source says it cannot do', async () => {
    const source = createMemorySource({ roles, capabilities: [] });
    const cases = await conformanceCases({ create: () => source });
    expect(cases.map((one) => one.name)).toEqual([
      'has the methods that its capabilities promise',
      'answers a page and the total of all pages',
      'finds nothing, without an error, where nothing matches',
    ]);
  });
});

describe('the in-memory source', () => {
  it('leaves no link behind for a key that was refused', async () => {
    const source = createMemorySource({ roles });
    await expect(source.generateKey({ name: ' ', roleIds: [] })).rejects.toThrow('Enter a name.');
    await expect(source.generateKey({ name: 'Key', roleIds: ['owner'] })).rejects.toThrow(
      'You may not grant the role Owner.',
    );
    expect((await source.listKeys(all)).total).toBe(0);
  });

  it('keeps the fate of a link that ended unread when its renewal is undone', async () => {
    let time = new Date('2026-11-24T12:00:00Z');
    const source = createMemorySource({ now: () => time });
    const { key, link } = await source.generateKey({ name: 'Key', roleIds: [] });
    await source.redeem(link.url);
    time = new Date('2026-11-25T12:00:00Z');
    await source.renewKey(key.id);
    await source.withdrawLink(key.id);
    expect((await source.undoRenewal(key.id)).link?.state).toBe('withdrawn');
    // The token that is left was delivered, so that it is kept beside a new one.
    time = new Date('2026-11-26T12:00:00Z');
    expect((await source.renewKey(key.id)).key.tokens).toHaveLength(2);
  });
});
