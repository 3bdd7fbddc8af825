import { timingSafeEqual } from 'node:crypto';
import type { Crypto } from '@latchkey/core';

/** What a remote verifier shows when it reports uses: that it was told of this token, in this account. */
export interface Receipts {
  issue(accountId: string, token: { tokenId: string; keyId: string }): string;
  /** @returns the token, or `undefined` for a receipt that is none of this account's. */
  read(accountId: string, receipt: string): { tokenId: string; keyId: string } | undefined;
}

/** Makes receipts. @param keys derived from the server's secrets: the first signs, all of them verify. */
export function makeReceipts(
  crypto: Pick<Crypto, 'hmacSha256'>,
  keys: readonly [Uint8Array, ...Uint8Array[]],
): Receipts {
  const sign = (key: Uint8Array, accountId: string, tokenId: string, keyId: string) =>
    crypto.hmacSha256(key, `${accountId}.${tokenId}.${keyId}`);
  return {
    issue: (accountId, { tokenId, keyId }) =>
      `${tokenId}.${keyId}.${sign(keys[0], accountId, tokenId, keyId)}`,
    read(accountId, receipt) {
      const [tokenId = '', keyId = '', signature = ''] = receipt.split('.');
      const given = Buffer.from(signature);
      const isOurs = keys.some((key) => {
        const expected = Buffer.from(sign(key, accountId, tokenId, keyId));
        return expected.length === given.length && timingSafeEqual(expected, given);
      });
      return isOurs ? { tokenId, keyId } : undefined;
    },
  };
}
