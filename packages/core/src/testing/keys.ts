import type { ApiKey } from '../keys/key.ts';
import type { Link, LinkFate } from '../links/link.ts';
import { linkLifetime } from '../links/link.ts';
import type { Token } from '../tokens/token.ts';

/** The moment at which the keys of the tests are born. */
export const birth = new Date('2026-01-15T12:00:00.000Z');

/** A time some hours after {@link birth}. */
export const hoursLater = (hours: number) => new Date(birth.getTime() + hours * 3_600_000);

export const unread: LinkFate = { state: 'unread', ciphertext: new Uint8Array([1]) };
export const redeemed: LinkFate = { state: 'redeemed', at: hoursLater(1), from: '192.0.2.1' };
export const withdrawn: LinkFate = { state: 'withdrawn' };

/** A token of the tests. */
export function aToken(id: string, given: Partial<Token> = {}): Token {
  return {
    id,
    hash: `hash of ${id}`,
    createdAt: birth,
    deliveredAt: null,
    lastUsedAt: null,
    ...given,
  };
}

/** A link of the tests that delivers a token. */
export function aLink(tokenId: string, fate: LinkFate, createdAt = birth): Link {
  return {
    id: `link of ${tokenId}`,
    tokenId,
    hash: `hash of the link of ${tokenId}`,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + linkLifetime),
    fate,
  };
}

/** A key of the tests whose first token was delivered. */
export function aKey(given: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'key',
    accountId: 'account',
    key: 'lk-acme-8F3K2M9Q',
    name: 'Warehouse',
    status: 'active',
    roleIds: [],
    createdAt: birth,
    expiresAt: null,
    lastUsedAt: null,
    currentToken: aToken('first', { deliveredAt: hoursLater(1) }),
    renewal: { state: 'none' },
    link: aLink('first', redeemed),
    version: 1,
    ...given,
  };
}
