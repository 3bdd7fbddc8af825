import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Latchkey in a process of its own, as an operator starts it. */
export interface ServerProcess {
  /** Resolves when it says that it is ready; rejects with what it said when it ends before. */
  ready: Promise<void>;
  /** How it ends: with what code, and what it wrote to standard error. */
  ended: Promise<{ code: number | null; stderr: string }>;
  stop(): Promise<void>;
}

/** Starts a server. @param variables all of its environment but the PATH. */
export function runServer(variables: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', program], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]).then(([stderr, [code]]) => ({ code, stderr }));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (said: string) => {
      if (said.includes('Latchkey is ready')) resolve();
    });
    ended.then(({ stderr }) => reject(new Error(`The server ended: ${stderr}`)), reject);
  });
  // Who does not wait for it to be ready waits for its end.
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
