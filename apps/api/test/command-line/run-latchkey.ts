import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/command-line/latchkey.ts', import.meta.url));

/** What a command printed and how it ended. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the command line as an operator does.
 *
 * @param variables all of its environment but the PATH.
 * @param input what is piped in.
 */
export async function runLatchkey(
  args: readonly string[],
  variables: Record<string, string>,
  input = '',
): Promise<Ran> {
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
