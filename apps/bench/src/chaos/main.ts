import { runChaos } from './chaos.ts';

const seconds = Number(process.argv[2] ?? 120);
const result = await runChaos({
  nodes: 3,
  duration: seconds * 1000,
  say: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = result.breaches.length === 0 ? 0 : 1;
