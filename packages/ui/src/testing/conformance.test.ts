import { describe, expect, it } from 'vitest';
import { roles } from '../fixtures/roles.ts';
import { conformanceCases } from './conformance.ts';
import { createMemorySource } from './memory-source.ts';
import type { MemorySource } from './memory-source.ts';

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
