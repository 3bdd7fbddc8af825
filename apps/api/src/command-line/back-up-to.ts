import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { backUp } from '../store/index.ts';

/**
 * Writes an archive of the database, a gzipped line for each row, which appears under its name when it is whole.
 *
 * @returns what to tell the operator.
 */
export async function backUpTo({ databaseUrl }: Config, path: string): Promise<string> {
  const draft = `${path}.part`;
  const file = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
  const gzip = createGzip();
  const written = finished(gzip.pipe(file));
  // It is awaited at the end; until then a full disk must not end the process.
  written.catch(() => undefined);
  try {
    await once(file, 'open');
    const count = await backUp(databaseUrl, new Date(), async (line) => {
      if (!gzip.write(`${JSON.stringify(line)}\n`)) {
        await Promise.race([once(gzip, 'drain'), written]);
      }
    });
    gzip.end();
    await written;
    await link(draft, path);
    return `${String(count)} rows are in ${path}. Keep the server's secret too, in another place: neither is of use without the other.`;
  } catch (error) {
    if (isTaken(error)) throw new OperatorError(`${path} is there already: name a new file.`);
    throw error;
  } finally {
    gzip.destroy();
    file.destroy();
    await rm(draft, { force: true });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
