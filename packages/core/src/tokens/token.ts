import type { Crypto } from '../ports.ts';
import { toBase62 } from './alphabets.ts';
import { Secret } from './secret.ts';

/** The secret half of a credential, as it is kept: never the token itself. */
export interface Token {
  id: string;
  /** HMAC-SHA-256 of the token, base64url; see `Keyring`. */
  hash: string;
  createdAt: Date;
  /** When the reader of its link received it; `null` while nobody has it. */
  deliveredAt: Date | null;
  lastUsedAt: Date | null;
}

const randomDigits = 43;
const checksumDigits = 6;
const format = new RegExp(
  `^[a-z][a-z0-9]{0,15}_[0-9A-Za-z]{${String(randomDigits + checksumDigits)}}$`,
);

function checksum(crypto: Crypto, body: string): string {
  const crc = new Uint8Array(4);
  new DataView(crc.buffer).setUint32(0, crypto.crc32(body));
  return toBase62(crc, checksumDigits);
}

/**
 * Makes a new API token: prefix, `_`, 43 base62 characters from 256 random bits, and 6 of CRC-32 over what precedes.
 *
 * @param prefix `LATCHKEY_TOKEN_PREFIX`.
 */
export function makeToken(crypto: Crypto, prefix: string): Secret {
  const body = `${prefix}_${toBase62(crypto.randomBytes(32), randomDigits)}`;
  return new Secret(body + checksum(crypto, body));
}

/** Whether a text has the form of a token and its checksum fits: what does not is no token, and needs no look-up. */
export function isWellFormedToken(crypto: Crypto, text: string): boolean {
  if (!format.test(text)) return false;
  const body = text.slice(0, -checksumDigits);
  return checksum(crypto, body) === text.slice(-checksumDigits);
}
