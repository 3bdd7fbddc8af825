import { dirname, join } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { parseDatabaseUrl } from '../store/index.ts';
import { readSecretFile } from './secret-file.ts';

/** The server's secrets: the first signs, all of them verify. */
export type Secrets = readonly [Uint8Array, ...Uint8Array[]];

/** Where the secret is kept that no variable names: beside the SQLite file; `undefined` with PostgreSQL. */
export function secretFileOf(databaseUrl: string): string | undefined {
  const location = parseDatabaseUrl(databaseUrl);
  return location.engine === 'sqlite' ? join(dirname(location.path), 'secret') : undefined;
}

/** Those of the environment, or those in the data folder, which are made on the first start. */
export async function readSecrets({ databaseUrl, secrets }: Config): Promise<Secrets> {
  if (secrets) return secrets;
  const file = secretFileOf(databaseUrl);
  if (file === undefined) throw new ConfigError('LATCHKEY_SECRET: required with PostgreSQL');
  return readSecretFile(file);
}

/** Keys for one purpose, one of each secret, so that no part has another's. */
export function deriveKeys([signing, ...older]: Secrets, purpose: string): Secrets {
  const info = new TextEncoder().encode(`latchkey/${purpose}`);
  const derive = (secret: Uint8Array) => nodeCrypto.hkdfSha256(secret, new Uint8Array(), info, 32);
  return [derive(signing), ...older.map(derive)];
}

export function toText([signing, ...older]: Secrets): [string, ...string[]] {
  const text = (key: Uint8Array) => Buffer.from(key).toString('base64url');
  return [text(signing), ...older.map(text)];
}

/** What a database is recognised by as one of these secrets, and nothing else: see `InstanceRepository.recognise`. */
export function checksOf(secrets: Secrets): [string, ...string[]] {
  return toText(deriveKeys(secrets, 'check'));
}
