import { runChaos } from './chaos.ts';

const rounds = Number(process.argv[2] ?? 6);
const result = await runChaos(rounds, (line) => void process.stderr.write(`${line}\n`));
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = result.breaches.length === 0 ? 0 : 1;
