import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './free-port.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The server as a process of its own, which can be killed. */
export interface ChildServer {
  url: string;
  pid: number;
  /** Ends it with a signal and waits until it is gone. @returns its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** What it printed so far. */
  output(): string;
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output().includes('Latchkey is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`The server did not start:\n${output()}`)));
  });
}

/** Starts the server and waits until it is ready. @param variables all of its environment but the PATH. */
export async function startChildServer(variables: Record<string, string>): Promise<ChildServer> {
  const port = variables['PORT'] ?? String(await findFreePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', main], {
    env: { PATH: process.env['PATH'] ?? '', PUBLIC_URL: url, ...variables, PORT: port },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  await untilReady(child, () => said);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => said,
    async end(signal) {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
