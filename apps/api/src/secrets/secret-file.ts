import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError, secretList } from '../config.ts';

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

const makeSecret = () => randomBytes(32).toString('base64');

/** Makes the file whole or not at all: of several processes that start together one makes it, and none reads half of it. */
async function makeSecretFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, `${makeSecret()}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
}

async function readOrMake(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    await makeSecretFile(path);
    return readFile(path, 'utf8');
  }
}

/**
 * Reads the server's secrets from a file, or makes the first on the first start: mode 600, in a folder that is made too.
 *
 * @throws {ConfigError} when the file can be neither read nor made, or holds no secret.
 */
export async function readSecretFile(path: string): Promise<[Uint8Array, ...Uint8Array[]]> {
  try {
    const secrets = secretList.safeParse((await readOrMake(path)).trim());
    if (secrets.success) return secrets.data;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`DATABASE_URL: cannot keep the server's secret beside it: ${reason}`);
  }
  throw new ConfigError(`LATCHKEY_SECRET: ${path} holds no secret: expected 32 bytes in base64`);
}

/** Puts a new secret before those of the file: it signs from the next start on, and the others go on verifying. */
export async function addSecretToFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const before = (await readOrMake(path)).trim();
  await writeFile(draft, `${makeSecret()},${before}\n`, { mode: 0o600, flush: true });
  await rename(draft, path);
}
