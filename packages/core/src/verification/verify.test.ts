import { describe, expect, it } from 'vitest';
import { crypto } from '../testing/crypto.ts';
import { birth, hoursLater } from '../testing/keys.ts';
import { makeKeyring } from '../tokens/keyring.ts';
import { makeToken } from '../tokens/token.ts';
import type { StoredCredential } from './verification.ts';
import { decideVerification, verify } from './verify.ts';

const stored: StoredCredential = {
  tokenId: 'token',
  keyId: 'key',
  key: 'lk-acme-8F3K2M9Q',
  name: 'Warehouse',
  owner: 'acme',
  ownerId: 'account',
  status: 'active',
  expiresAt: null,
  endsAt: null,
  roles: [
    { name: 'Picker', permissions: ['orders.read', 'stock.read'] },
    { name: 'Auditor', permissions: ['orders.read', 'audit.view'] },
  ],
};
const now = hoursLater(1);
const decide = (
  given: Partial<StoredCredential> | undefined,
  request: Parameters<typeof decideVerification>[1] = { permissions: [] },
) => decideVerification(given && { ...stored, ...given }, request, now).code;

describe('a credential', () => {
  it('is valid with all that its roles allow, each once and in order', () => {
    expect(decideVerification(stored, { permissions: ['stock.read', 'audit.view'] }, now)).toEqual({
      valid: true,
      code: 'VALID',
      account: 'acme',
      key: { id: 'key', key: 'lk-acme-8F3K2M9Q', name: 'Warehouse', account: 'acme' },
      roles: ['Auditor', 'Picker'],
      permissions: ['audit.view', 'orders.read', 'stock.read'],
    });
  });

  it('is valid without roles, for nothing in particular', () => {
    expect(decide({ roles: [] })).toBe('VALID');
    expect(decide({ roles: [] }, { permissions: ['orders.read'] })).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );
  });

  it('is valid in the account that was asked for', () => {
    expect(decideVerification(stored, { account: 'globex', permissions: [] }, now)).toMatchObject({
      account: 'globex',
      key: { account: 'acme' },
    });
  });

  it('is wrong from the moment on at which its token ends, not before', () => {
    expect(decide({ endsAt: new Date(now.getTime() + 1) })).toBe('VALID');
    expect(decide({ endsAt: now })).toBe('INVALID_CREDENTIALS');
    expect(decide({ endsAt: now, status: 'inactive' })).toBe('INVALID_CREDENTIALS');
  });

  it('expires at its time, not before', () => {
    expect(decide({ expiresAt: new Date(now.getTime() + 1) })).toBe('VALID');
    expect(decide({ expiresAt: now })).toBe('EXPIRED');
    expect(decide({ expiresAt: birth })).toBe('EXPIRED');
  });

  it('needs every permission that was asked for', () => {
    expect(decide({}, { permissions: ['orders.read', 'orders.write'] })).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );
  });

  it('holds no permission by a part or a parent of its name', () => {
    for (const permission of ['orders', 'orders.rea', 'orders.read.all', 'ORDERS.READ', '']) {
      expect(decide({}, { permissions: [permission] })).toBe('INSUFFICIENT_PERMISSIONS');
    }
  });

  it('that is wrong is told first, before anything of the key: no token, other key, no grant', () => {
    const dead = { status: 'inactive', expiresAt: birth } as const;
    const permissions = ['orders.write'];
    expect(decide(undefined, { permissions })).toBe('INVALID_CREDENTIALS');
    expect(decide({ ...dead, roles: null }, { permissions })).toBe('INVALID_CREDENTIALS');
    expect(decide(dead, { key: 'lk-acme-OTHER000', permissions })).toBe('INVALID_CREDENTIALS');
    expect(decide(dead, { key: '', permissions })).toBe('INVALID_CREDENTIALS');
  });

  it('that is right is told of inactivity before expiry, and of that before permissions', () => {
    const permissions = ['orders.write'];
    const key = stored.key;
    expect(decide({ status: 'inactive', expiresAt: birth }, { key, permissions })).toBe('INACTIVE');
    expect(decide({ expiresAt: birth }, { key, permissions })).toBe('EXPIRED');
    expect(decide({}, { key, permissions })).toBe('INSUFFICIENT_PERMISSIONS');
  });
});

describe('verifying', () => {
  const secret = makeToken(crypto, 'lk');
  const keyring = makeKeyring(crypto, [new Uint8Array(32)]);

  function setUp(importedTokens = false) {
    const used: unknown[] = [];
    const asked: (string | undefined)[] = [];
    const ports: Parameters<typeof verify>[0] = {
      clock: { now: () => now },
      crypto,
      keyring,
      settings: { publicUrl: '', tokenPrefix: 'lk', importedTokens, mails: false },
      usage: { count: (use) => used.push(use) },
      store: {
        credentials: {
          find: async (hashes, account) => {
            asked.push(account);
            return hashes.includes(keyring.hash('token', secret)) ? stored : undefined;
          },
        },
      },
    };
    return { used, asked, ports };
  }

  it('looks a mangled token up nowhere', async () => {
    const { asked, ports } = setUp();
    for (const token of ['', 'lk_', `${secret.reveal()}x`, secret.reveal().replace('lk', 'kl')]) {
      const verdict = await verify(ports, { token, permissions: [] });
      expect(verdict).toEqual({ valid: false, code: 'INVALID_CREDENTIALS' });
    }
    expect(asked).toEqual([]);
  });

  it('asks for the grants of the account whose resources are asked for', async () => {
    const { asked, ports } = setUp();
    const token = secret.reveal();
    await verify(ports, { token, permissions: [] });
    await verify(ports, { token, account: 'globex', permissions: [] });
    expect(asked).toEqual([undefined, 'globex']);
  });

  it('counts every success for its token, and no failure', async () => {
    const { used, ports } = setUp();
    const token = secret.reveal();
    await verify(ports, { token, permissions: ['orders.write'] });
    await verify(ports, { token, key: 'lk-acme-OTHER000', permissions: [] });
    await verify(ports, { token: makeToken(crypto, 'lk').reveal(), permissions: [] });
    expect(used).toEqual([]);
    await verify(ports, { token, permissions: ['orders.read'] });
    expect(used).toEqual([{ tokenId: 'token', keyId: 'key', at: now }]);
  });
});
