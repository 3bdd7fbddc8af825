import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('redeem-process.ts', import.meta.url));

/**
 * Lets processes of their own redeem one link at the same time.
 *
 * @param each how often each process tries, at once.
 * @returns how many tries won.
 */
export async function redeemInProcesses(
  databaseUrl: string,
  linkId: string,
  { processes, each }: { processes: number; each: number },
): Promise<number> {
  const running = Array.from({ length: processes }, () =>
    spawn(
      process.execPath,
      ['--conditions=@latchkey/source', script, databaseUrl, linkId, String(each)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    ),
  );
  await Promise.all(running.map(({ stdout }) => once(stdout, 'data')));
  const wins = running.map(async ({ stdin, stdout }) => {
    stdin.end('go');
    const said = await stdout.setEncoding('utf8').toArray();
    return Number(said.join(''));
  });
  return (await Promise.all(wins)).reduce((sum, won) => sum + won, 0);
}
