import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { checksOf, readSecrets } from '../secrets/secrets.ts';
import { restore } from '../store/index.ts';

/** The lines of an archive. A file that cannot be read, or is none, says so in one line. */
async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* createInterface({ input: file.pipe(gunzip), crlfDelay: Infinity });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`${path} cannot be read as an archive: ${reason}`);
  } finally {
    file.destroy();
  }
}

/**
 * Puts an archive in the place of what the database holds.
 *
 * @param replace whether what a database in use holds may go.
 * @returns what to tell the operator.
 */
export async function restoreFrom(config: Config, path: string, replace: boolean): Promise<string> {
  const checks = checksOf(await readSecrets(config));
  const count = await restore(config.databaseUrl, readLines(path), replace, checks);
  return `${String(count)} rows are restored. Everybody is signed out.`;
}
