import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../crypto/node-crypto.ts';
import { makeReceipts } from './receipts.ts';

const key = randomBytes(32);
const token = { tokenId: 'token', keyId: 'key' };

describe('receipts', () => {
  it('name the token that they were issued for, in the account that they were issued to', () => {
    const receipts = makeReceipts(nodeCrypto, [key]);
    expect(receipts.read('acme', receipts.issue('acme', token))).toEqual(token);
    expect(receipts.read('globex', receipts.issue('acme', token))).toBeUndefined();
  });

  it('cannot be made up or changed', () => {
    const receipts = makeReceipts(nodeCrypto, [key]);
    const [, , signature] = receipts.issue('acme', token).split('.');
    expect(receipts.read('acme', `another.key.${String(signature)}`)).toBeUndefined();
    expect(receipts.read('acme', 'token.key.')).toBeUndefined();
    expect(receipts.read('acme', '')).toBeUndefined();
  });

  it('outlive a rotation of the server’s secret', () => {
    const before = makeReceipts(nodeCrypto, [key]).issue('acme', token);
    expect(makeReceipts(nodeCrypto, [randomBytes(32), key]).read('acme', before)).toEqual(token);
  });
});
