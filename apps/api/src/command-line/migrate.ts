import type { Config } from '../config.ts';
import { openStore } from '../store/index.ts';

/** Brings the database up to this release. @returns what to tell the operator. */
export async function migrate({ databaseUrl }: Config): Promise<string> {
  const { close } = await openStore(databaseUrl);
  await close();
  return 'The database is up to date.';
}
