import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { partNames, runBenchmark } from './benchmark.ts';
import { writeGoals, writeSection, type Section } from './report/markdown.ts';

const output = new URL('../../../docs/benchmarks.md', import.meta.url);

const say = (line: string) => void process.stderr.write(`${line}\n`);

function introduce(): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `# Benchmarks

One run of \`pnpm --filter @latchkey/bench start\` on ${new Date().toISOString().slice(0, 10)}, which wrote this page: Node ${process.versions.node},
${String(availableParallelism())} cores (${processor}), ${String(memory)} GB, load generator and server on the same machine. Figures are medians, with the lowest and the highest in
parentheses. What is compared took turns within the run, so that whatever else the machine did disturbed both: trust the ratios, and
take the absolute figures for this machine's.

To repeat it: \`pnpm install\`, then \`pnpm --filter @latchkey/bench start\` (it brings its own PostgreSQL; some ten minutes). A part alone:
\`pnpm --filter @latchkey/bench start ${partNames.join('|')}\`, which prints its tables and leaves this page alone. What the figures mean for
larger systems stands in [scale.md](scale.md).
`;
}

/** What follows from how it is made, beside the goals that this run missed. */
const losses = [
  '**Beside bare HTTP** a verification costs the processor somewhat more. By its profile (`node --cpu-prof`), 40 to 47 percent of that go to the system call that writes the answer (61 to 68 on a machine that others keep busy), most of the rest to Node’s HTTP server and its collection of garbage, and 5 to 7 percent to us: the code, the counts, and the hash of the request, so that no token is kept. Sending ASCII as Latin-1, and a larger young generation, gained nothing that could be told from noise.',
  '**Searches that match very many keys** grow with their number, since the list tells an exact total. Their page comes early; the count does not.',
  '**Changes of one account** wait for each other, which keeps its audit log a chain; on PostgreSQL each is several round trips.',
  '**Memory**: a node is a Node process with an ORM and a sign-in library in it, some 150 MB before it caches anything.',
];

function tellLosses(sections: readonly Section[]): string {
  const missed = sections
    .flatMap(({ goals = [] }) => goals)
    .filter(({ reached }) => !reached)
    .map(({ limit, measured, what }) =>
      [`**Missed**: ${what}. This run measured ${measured}.`, limit ?? []].flat().join(' '),
    );
  return `## Where we lose\n\n${[...missed, ...losses].map((loss) => `- ${loss}\n`).join('')}`;
}

const chosen = process.argv.slice(2);
const sections = await runBenchmark(chosen.length > 0 ? chosen : partNames, {
  rounds: 11,
  loadDuration: 1500,
  sizes: [1_000, 10_000, 100_000, 1_000_000],
  say,
});
const tables = sections.map(writeSection).join('\n');
const goals = writeGoals(sections);
if (chosen.length === 0) {
  await writeFile(output, `${introduce()}\n${goals}\n${tables}\n${tellLosses(sections)}`);
}
process.stdout.write(`${goals}\n${tables}\n`);
