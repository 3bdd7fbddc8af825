import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { partNames, runBenchmark } from '../src/benchmark.ts';
import { writeGoals, writeSection } from '../src/report/markdown.ts';
import { scenarios, simulateTable } from '../src/simulation/table.ts';
import { percentile, ratios, show, spread } from '../src/report/statistics.ts';

it('measures every part and fills every cell of its tables', async () => {
  const sections = await runBenchmark(partNames, {
    rounds: 1,
    loadDuration: 300,
    sizes: [1_000, 2_000],
    say: () => undefined,
  });
  expect(sections).toHaveLength(6);
  for (const section of sections) {
    for (const row of section.table.rows) expect(row).toHaveLength(section.table.head.length);
    expect(writeSection(section)).not.toMatch(/NaN|undefined/);
  }
});

it('has on the page about scale what the simulation says', async () => {
  const page = await readFile(new URL('../../../docs/scale.md', import.meta.url), 'utf8');
  const [first] = scenarios;
  assert(first);
  expect(page).toContain(await simulateTable([first]));
  for (const { name } of scenarios) expect(page).toContain(`| ${name} |`);
});

it('says of each goal whether it was reached', () => {
  const section = { title: 'Speed', text: '', table: { head: [], rows: [] } };
  const goals = [
    { what: 'at most 2×', measured: '1.5×', reached: true },
    { what: 'at least 35×', measured: '27×', reached: false },
  ];
  const written = writeGoals([section, { ...section, goals }]);
  expect(written).toContain('| at most 2× | 1.5× | reached |');
  expect(written).toContain('| at least 35× | 27× | **missed** |');
});

it('compares each measurement with the one taken beside it', () => {
  expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
  expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(percentile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(show(12_345)).toBe('12,300');
});
