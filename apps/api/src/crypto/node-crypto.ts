import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Crypto } from '@latchkey/core';

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** The domain's cryptographic primitives, by Node's own. */
export const nodeCrypto: Crypto = {
  randomBytes,
  sha256: (data) => hash('sha256', data, 'base64url'),
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest('base64url'),
  hkdfSha256: (secret, salt, info, length) =>
    new Uint8Array(hkdfSync('sha256', secret, salt, info, length)),
  seal(key, plaintext, associated) {
    const nonce = randomBytes(nonceLength);
    const sealing = createCipheriv(cipher, key, nonce).setAAD(associated);
    const body = [sealing.update(plaintext), sealing.final()];
    return Buffer.concat([nonce, ...body, sealing.getAuthTag()]);
  },
  open(key, sealed, associated) {
    if (sealed.length < nonceLength + tagLength) return undefined;
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength))
      .setAAD(associated)
      .setAuthTag(sealed.subarray(-tagLength));
    try {
      const body = opening.update(sealed.subarray(nonceLength, -tagLength));
      return Buffer.concat([body, opening.final()]);
    } catch {
      return undefined;
    }
  },
  crc32: (data) => crc32(data),
};
