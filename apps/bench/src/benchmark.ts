import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureGrowth } from './parts/growth.ts';
import { measureHttp } from './parts/http.ts';
import { measureInProcess } from './parts/in-process.ts';
import { measureIssueAndRedeem } from './parts/issue-and-redeem.ts';
import { measureRevocation } from './parts/revocation.ts';
import type { Run } from './parts/run.ts';
import type { Section } from './report/markdown.ts';
import { startPostgresql } from './system/postgresql.ts';

/** How much is measured. */
export type Extent = Pick<Run, 'rounds' | 'loadDuration' | 'sizes' | 'say'>;

type Part = (run: Run) => Promise<Section | Section[]>;

const parts: Readonly<Record<string, Part>> = {
  'in-process': measureInProcess,
  http: measureHttp,
  revocation: measureRevocation,
  'issue-and-redeem': measureIssueAndRedeem,
  growth: measureGrowth,
};

/** The parts of the benchmark, by name. */
export const partNames: readonly string[] = Object.keys(parts);

/** Runs parts of the benchmark, each on fresh databases. */
export async function runBenchmark(names: readonly string[], extent: Extent): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
  const postgresql = await startPostgresql();
  const sections: Section[] = [];
  try {
    for (const name of names) {
      extent.say(name);
      const part = parts[name];
      if (!part)
        throw new Error(`There is no part ${name}: expected one of ${partNames.join(', ')}`);
      sections.push(...[await part({ ...extent, postgresql, folder })].flat());
    }
    return sections;
  } finally {
    await postgresql.remove();
    await rm(folder, { recursive: true });
  }
}
