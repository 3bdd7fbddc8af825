import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Crypto } from '../ports.ts';

/** The platform's own primitives, for the tests of core: what runs in production lives with the adapters. */
export const crypto: Crypto = {
  randomBytes: (length) => randomBytes(length),
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest('base64url'),
  hkdfSha256: (secret, salt, info, length) =>
    new Uint8Array(hkdfSync('sha256', secret, salt, info, length)),
  seal(key, plaintext, associated) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
  },
  open(key, sealed, associated) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      .setAAD(associated)
      .setAuthTag(sealed.subarray(-16));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    } catch {
      return undefined;
    }
  },
  crc32: (data) => crc32(data),
};
