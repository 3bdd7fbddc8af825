import { expect, it } from 'vitest';
import { crypto } from '../testing/crypto.ts';
import { makeIdentifier } from './identifier.ts';

it('names the account and ends with 8 characters of Crockford’s base32', () => {
  for (let i = 0; i < 200; i += 1) {
    expect(makeIdentifier(crypto, 'lk', 'acme-2')).toMatch(/^lk-acme-2-[0-9A-HJKMNP-TV-Z]{8}$/);
  }
});

it('begins with the operator’s prefix', () => {
  expect(makeIdentifier(crypto, 'sk', 'acme')).toMatch(/^sk-acme-/);
});
