import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crypto } from '../testing/crypto.ts';
import { toBase62, toCrockford } from './alphabets.ts';
import { isWellFormedToken, makeToken } from './token.ts';

const base62 = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');

const prefixes = fc.constantFrom('lk', 'acme', 'x', 'sk2');
const tokens = fc
  .tuple(prefixes, fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([prefix, bytes]) =>
    makeToken({ ...crypto, randomBytes: () => Uint8Array.from(bytes) }, prefix).reveal(),
  );

const replaceAt = (text: string, at: number, character: string) =>
  text.slice(0, at) + character + text.slice(at + 1);

describe('a token', () => {
  it('is the prefix, 43 base62 characters of randomness and 6 of checksum', () => {
    expect(makeToken(crypto, 'lk').reveal()).toMatch(/^lk_[0-9A-Za-z]{49}$/);
    expect(makeToken(crypto, 'acme').reveal()).toMatch(/^acme_[0-9A-Za-z]{49}$/);
  });

  it('holds all 256 random bits', () => {
    const highest = new Uint8Array(32).fill(255);
    const digits = toBase62(highest, 43);
    const value = Array.from(digits).reduce(
      (sum, digit) => sum * 62n + BigInt(base62.indexOf(digit)),
      0n,
    );
    expect(value).toBe(2n ** 256n - 1n);
  });

  it('keeps its length when the random number is small', () => {
    const smallest = { ...crypto, randomBytes: (length: number) => new Uint8Array(length) };
    expect(makeToken(smallest, 'lk').reveal()).toMatch(/^lk_0{43}[0-9A-Za-z]{6}$/);
  });

  it('ends with the CRC-32 of what precedes, so that others can check it too', () => {
    const token = makeToken(crypto, 'lk').reveal();
    const crc = Uint8Array.from([24, 16, 8, 0], (bits) => crypto.crc32(token.slice(0, -6)) >> bits);
    expect(token.slice(-6)).toBe(toBase62(crc, 6));
  });

  it('is never made twice', () => {
    const made = Array.from({ length: 1000 }, () => makeToken(crypto, 'lk').reveal());
    expect(new Set(made).size).toBe(1000);
  });

  it('passes its own checksum', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        expect(isWellFormedToken(crypto, token)).toBe(true);
      }),
    );
  });

  it('is rejected when any one character is changed', () => {
    const changes = fc.tuple(tokens, fc.nat(), fc.constantFrom(...base62, '_', '-', ' ', 'é'));
    fc.assert(
      fc.property(changes, ([token, place, character]) => {
        const mangled = replaceAt(token, place % token.length, character);
        fc.pre(mangled !== token);
        expect(isWellFormedToken(crypto, mangled)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('is rejected when any two characters are swapped', () => {
    fc.assert(
      fc.property(tokens, fc.nat(), fc.nat(), (token, one, other) => {
        const i = one % token.length;
        const j = other % token.length;
        const swapped = replaceAt(replaceAt(token, i, token.charAt(j)), j, token.charAt(i));
        fc.pre(swapped !== token);
        expect(isWellFormedToken(crypto, swapped)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('is rejected when it is cut short, continued, or wrapped in white space', () => {
    const token = makeToken(crypto, 'lk').reveal();
    for (const mangled of [
      '',
      token.slice(1),
      token.slice(0, -1),
      `${token}0`,
      ` ${token}`,
      `${token}\n`,
      token.replace('_', ''),
      token.toLowerCase(),
    ]) {
      expect(isWellFormedToken(crypto, mangled)).toBe(false);
    }
  });

  it('is told from any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(isWellFormedToken(crypto, text)).toBe(false);
      }),
    );
  });
});

describe("Crockford's base32", () => {
  it('has no letter that is read for another', () => {
    const all = toCrockford(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(new Set(all).size).toBe(32);
    expect(all).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
  });
});
