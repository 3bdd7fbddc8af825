import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('open-process.ts', import.meta.url));

/** Lets processes of their own open one database at the same time. @returns the instance's id as each of them read it. */
export async function openInProcesses(databaseUrl: string, processes: number): Promise<string[]> {
  const running = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['--conditions=@latchkey/source', script, databaseUrl], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  await Promise.all(running.map(({ stdout }) => once(stdout, 'data')));
  return Promise.all(
    running.map(async ({ stdin, stdout }) => {
      stdin.end('go');
      const said = await stdout.setEncoding('utf8').toArray();
      return said.join('');
    }),
  );
}
