import { join } from 'node:path';
import { openStore, type OpenStore } from '@latchkey/api/store';
import { percentile, show, showSpread, spread, type Spread } from '../report/statistics.ts';
import type { Section } from '../report/markdown.ts';
import { hashOf, idOf, seedAccount, seedKeys, sortNameOf, type Seeded } from '../system/seed.ts';
import type { Run } from './run.ts';

type KeyQuery = Parameters<OpenStore['store']['keys']['list']>[0];

/** Milliseconds that each of some calls took. */
async function times(count: number, call: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let time = 0; time < count; time += 1) {
    const start = performance.now();
    await call();
    taken.push(performance.now() - start);
  }
  return taken;
}

/** A cursor in the middle of a list by name: as the store's own, with other values. */
function inTheMiddle(cursor: string, middle: number): string {
  const [list] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
  const position = [list, sortNameOf(middle), idOf(middle)];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

interface Question {
  name: string;
  query: Partial<KeyQuery>;
  deep?: boolean;
}

const questions: readonly Question[] = [
  { name: 'first page, by name', query: {} },
  { name: 'page in the middle, by name', query: {}, deep: true },
  { name: 'newest first', query: { sort: 'createdAt', order: 'desc' } },
  { name: 'never used first, inactive only', query: { sort: 'lastUsedAt', status: 'inactive' } },
  { name: 'search that few match', query: { search: 'needle 0000' } },
  { name: 'search that nearly all match', query: { search: 'import' } },
  { name: 'search in the identifier', query: { search: 'lk-seeded-0000010' } },
];

async function measureList(
  { store }: OpenStore,
  { accountId }: Seeded,
  { query, deep }: Question,
  size: number,
): Promise<Spread> {
  const whole: KeyQuery = {
    accountId,
    renewalPeriodMonths: 3,
    now: new Date(),
    sort: 'name',
    order: 'asc',
    limit: 25,
    ...query,
  };
  const first = await store.keys.list(whole);
  if (!first || first.items.length === 0) throw new Error('The list is empty.');
  const cursor = deep && first.nextCursor ? inTheMiddle(first.nextCursor, size / 2) : undefined;
  const taken = await times(15, () => store.keys.list({ ...whole, cursor }));
  return spread(taken);
}

/** What share of the look-ups is at most so slow, by its name. */
const shares = { p50: 0.5, p99: 0.99, 'p99.9': 0.999 };

/** Look-ups of credentials that are in no cache. @returns milliseconds of each share. */
async function measureLookUp({ store }: OpenStore, size: number): Promise<number[]> {
  const taken = await times(3000, () =>
    store.credentials.find([hashOf(1 + Math.floor(Math.random() * (size - 1)))]),
  );
  return Object.values(shares).map((share) => percentile(taken, share));
}

/** Lists, searches and look-ups while the number of keys grows. */
export async function measureGrowth(run: Run): Promise<Section[]> {
  const sections: Section[] = [];
  const databases = {
    SQLite: `sqlite:${join(run.folder, 'growth.db')}`,
    PostgreSQL: await run.postgresql.makeDatabase(),
  };
  for (const [engine, databaseUrl] of Object.entries(databases)) {
    const opened = await openStore(databaseUrl);
    try {
      const seeded = await seedAccount(opened);
      const columns: { listed: Spread[]; lookUp: number[]; memory: number }[] = [];
      let seededKeys = 0;
      for (const size of run.sizes) {
        const seedStart = performance.now();
        await seedKeys(opened, seeded, seededKeys + 1, size);
        seededKeys = size;
        run.say(
          `${engine}: ${show(size)} keys after ${show((performance.now() - seedStart) / 1000)} s`,
        );
        const listed: Spread[] = [];
        for (const question of questions) {
          listed.push(await measureList(opened, seeded, question, size));
        }
        const lookUp = await measureLookUp(opened, size);
        globalThis.gc?.();
        columns.push({ listed, lookUp, memory: process.memoryUsage().rss / 1024 ** 2 });
      }
      const growth = (values: readonly number[]) =>
        `${show((values.at(-1) ?? 0) / (values[0] ?? 1))}×`;
      const row = (name: string, values: readonly number[], cells = values.map(show)) => [
        name,
        ...cells,
        growth(values),
      ];
      sections.push({
        title: `A growing number of keys, ${engine}`,
        text: `Milliseconds of 15 calls of the real store: their median, with the fastest and the slowest; a page has 25 keys and comes with the total. The look-up, of 3,000 calls, is what a verification costs that no cache answers.`,
        table: {
          head: ['keys in the account', ...run.sizes.map(show), 'last beside first'],
          rows: [
            ...questions.map(({ name }, place) => {
              const spreads = columns.map(({ listed }) => listed[place] ?? spread([]));
              const medians = spreads.map(({ median }) => median);
              return row(
                name,
                medians,
                spreads.map((one) => showSpread(one)),
              );
            }),
            ...Object.keys(shares).map((name, place) =>
              row(
                `look up a credential, ${name}`,
                columns.map(({ lookUp }) => lookUp[place] ?? Number.NaN),
              ),
            ),
            row(
              'memory of the process, MB',
              columns.map(({ memory }) => memory),
            ),
          ],
        },
      });
    } finally {
      await opened.close();
    }
  }
  return sections;
}
