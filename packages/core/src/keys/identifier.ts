import type { Crypto } from '../ports.ts';
import { toCrockford } from '../tokens/alphabets.ts';

/** Makes a key identifier: `{prefix}-{account slug}-{8 characters of Crockford base32}`. */
export function makeIdentifier(crypto: Crypto, prefix: string, slug: string): string {
  return `${prefix}-${slug}-${toCrockford(crypto.randomBytes(8))}`;
}
