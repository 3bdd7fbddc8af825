import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crypto } from '../testing/crypto.ts';
import { makeKeyring } from './keyring.ts';
import { Secret } from './secret.ts';

const secretOf = (byte: number) => new Uint8Array(32).fill(byte);
const keyring = makeKeyring(crypto, [secretOf(1)]);
const token = new Secret('lk_token');
const linkToken = new Secret('link token');

describe('what is stored', () => {
  it('opens with the link token and the server’s secret together', () => {
    const sealed = keyring.seal(token, linkToken, 'link');
    expect(keyring.open(sealed, linkToken, 'link').reveal()).toBe('lk_token');
  });

  it('does not open with a copy of the database and the link token alone', () => {
    const sealed = keyring.seal(token, linkToken, 'link');
    const elsewhere = makeKeyring(crypto, [secretOf(2)]);
    expect(() => elsewhere.open(sealed, linkToken, 'link')).toThrow('opens under none');
  });

  it('does not open with a copy of the database and the server’s secret alone', () => {
    const sealed = keyring.seal(token, linkToken, 'link');
    const stored = keyring.hash('link', linkToken);
    for (const guess of ['', 'link', stored, 'another link token']) {
      expect(() => keyring.open(sealed, new Secret(guess), 'link')).toThrow('opens under none');
    }
  });

  it('does not open when any bit of it was changed', () => {
    const sealed = keyring.seal(token, linkToken, 'link');
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Uint8Array.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => keyring.open(changed, linkToken, 'link')).toThrow('opens under none');
      }),
    );
  });

  it('does not open as the ciphertext of another link', () => {
    const sealed = keyring.seal(token, linkToken, 'link');
    expect(() => keyring.open(sealed, linkToken, 'another link')).toThrow('opens under none');
  });

  it('is another ciphertext each time', () => {
    const sealed = () => Buffer.from(keyring.seal(token, linkToken, 'link')).toString('hex');
    expect(sealed()).not.toBe(sealed());
  });

  it('never holds the token in the clear', () => {
    const sealed = Buffer.from(keyring.seal(token, linkToken, 'link')).toString('latin1');
    expect(sealed).not.toContain('lk_token');
    expect(keyring.hash('token', token)).not.toContain('lk_token');
  });

  it('is hashed under the server’s secret: the same text elsewhere has another hash', () => {
    const elsewhere = makeKeyring(crypto, [secretOf(2)]);
    expect(elsewhere.hash('token', token)).not.toBe(keyring.hash('token', token));
    expect(crypto.sha256('lk_token')).not.toBe(keyring.hash('token', token));
  });

  it('is hashed for one purpose: a token’s hash is of no use as a link’s or an invitation’s', () => {
    const hashes = (['token', 'link', 'invitation'] as const).map((purpose) =>
      keyring.hash(purpose, token),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('rotating the server’s secret', () => {
  const before = makeKeyring(crypto, [secretOf(1)]);
  const during = makeKeyring(crypto, [secretOf(2), secretOf(1)]);
  const after = makeKeyring(crypto, [secretOf(2)]);

  it('finds what was hashed under the old secret and under the new', () => {
    expect(during.hashes('token', token)).toContain(before.hash('token', token));
    expect(during.hashes('token', token)).toContain(after.hash('token', token));
  });

  it('signs with the first secret', () => {
    expect(during.hash('token', token)).toBe(after.hash('token', token));
    const sealed = during.seal(token, linkToken, 'link');
    expect(after.open(sealed, linkToken, 'link').reveal()).toBe('lk_token');
    expect(() => before.open(sealed, linkToken, 'link')).toThrow('opens under none');
  });

  it('opens what was sealed under the old secret', () => {
    const sealed = before.seal(token, linkToken, 'link');
    expect(during.open(sealed, linkToken, 'link').reveal()).toBe('lk_token');
  });

  it('forgets the old secret once it is taken away', () => {
    const sealed = before.seal(token, linkToken, 'link');
    expect(() => after.open(sealed, linkToken, 'link')).toThrow('opens under none');
    expect(after.hashes('token', token)).not.toContain(before.hash('token', token));
  });
});

describe('the signing secret of a webhook', () => {
  const secret = new Secret('whsec_secret');
  const before = makeKeyring(crypto, [secretOf(1)]);
  const during = makeKeyring(crypto, [secretOf(2), secretOf(1)]);
  const after = makeKeyring(crypto, [secretOf(2)]);
  const sealed = before.sealWebhookSecret(secret, 'webhook');

  it('opens for its webhook alone, under whichever secret of the server it was sealed', () => {
    expect(during.openWebhookSecret(sealed, 'webhook')?.reveal()).toBe('whsec_secret');
    expect(during.openWebhookSecret(sealed, 'another')).toBeUndefined();
    expect(after.openWebhookSecret(sealed, 'webhook')).toBeUndefined();
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('secret');
  });

  it('is sealed anew under the present secret of the server, once', () => {
    const anew = during.resealWebhookSecret(sealed, 'webhook');
    expect(after.openWebhookSecret(anew, 'webhook')?.reveal()).toBe('whsec_secret');
    expect(before.openWebhookSecret(anew, 'webhook')).toBeUndefined();
    expect(during.resealWebhookSecret(anew, 'webhook')).toBe(anew);
  });

  it('stays as it is where nothing opens it', () => {
    expect(after.resealWebhookSecret(sealed, 'webhook')).toBe(sealed);
  });
});
