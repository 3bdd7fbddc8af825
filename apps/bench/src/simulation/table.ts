import { writeTable } from '../report/markdown.ts';
import { show } from '../report/statistics.ts';
import { simulate, type Scenario } from './simulate.ts';

const cache = 100_000;
const product = { nodes: 8, keys: 1_000_000, rate: 200_000, changes: 50 };
const platform = { nodes: 50, keys: 10_000_000, rate: 1_000_000, changes: 500 };

/** The systems that the page on scale tells of. */
export const scenarios: readonly Scenario[] = [
  { name: 'one node', nodes: 1, keys: 10_000, rate: 10_000, changes: 1, cache },
  { name: 'a busy node', nodes: 1, keys: 100_000, rate: 30_000, changes: 10, cache },
  { name: 'a large product', ...product, cache },
  { name: 'the same, each key always to the same node', ...product, cache, affinity: true },
  { name: 'a platform', ...platform, cache },
  { name: 'the same, each key always to the same node', ...platform, cache, affinity: true },
];

const head = [
  '',
  'nodes',
  'keys in use',
  'verifications',
  'changes',
  'entries a cache',
  'answered by a cache',
  'look-ups in PostgreSQL',
  'notifications',
];

async function simulateRow(scenario: Scenario): Promise<string[]> {
  const { hits, lookUps, notifications } = await simulate(scenario, 1_000_000);
  const { name, nodes, keys, rate, changes, cache: size } = scenario;
  const given = [nodes, keys, rate, changes, size].map(show);
  return [name, ...given, `${(hits * 100).toFixed(1)} %`, show(lookUps), show(notifications)];
}

/** Simulates systems, a row each: the same numbers every time. */
export async function simulateTable(some: readonly Scenario[]): Promise<string> {
  const rows: string[][] = [];
  for (const scenario of some) rows.push(await simulateRow(scenario));
  return writeTable({ head, rows });
}
