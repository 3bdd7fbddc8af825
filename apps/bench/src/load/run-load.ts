import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Load, LoadResult } from './generate.ts';

const script = fileURLToPath(new URL('./generate.ts', import.meta.url));

/** A result with what the server spent on each request: less disturbed by others on the machine than the rate is. */
export interface MeasuredLoad extends LoadResult {
  /** Microseconds of the server's processor time; `undefined` where the system does not tell. */
  cpuPerRequest: number | undefined;
}

/** Processor time that a process and its children have used, in seconds; `undefined` where there is no /proc. */
async function readCpu(pid: number): Promise<number | undefined> {
  const folder = `/proc/${String(pid)}/task`;
  try {
    let used = 0;
    for (const task of await readdir(folder)) {
      const [nanoseconds] = (await readFile(`${folder}/${task}/schedstat`, 'utf8')).split(' ');
      used += Number(nanoseconds) / 1e9;
      const children = (await readFile(`${folder}/${task}/children`, 'utf8')).split(' ');
      for (const child of children)
        used += child === '' ? 0 : ((await readCpu(Number(child))) ?? 0);
    }
    return used;
  } catch {
    return undefined;
  }
}

/** Loads a server from a process of its own. @param pid the server's. */
export async function runLoad(load: Load, pid: number): Promise<MeasuredLoad> {
  const before = await readCpu(pid);
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(load));
  const result = JSON.parse(await text(child.stdout)) as LoadResult;
  const after = await readCpu(pid);
  return {
    ...result,
    cpuPerRequest:
      before === undefined || after === undefined
        ? undefined
        : ((after - before) / result.answers) * 1_000_000,
  };
}
