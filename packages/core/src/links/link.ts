/** Delivers a token to one reader, once, within 24 hours. Only a hash of the link token is kept. */
export interface Link {
  id: string;
  tokenId: string;
  /** HMAC-SHA-256 of the link token, base64url. */
  hash: string;
  createdAt: Date;
  expiresAt: Date;
  fate: LinkFate;
}

/** What became of a link, as it is stored. That it expired follows from the time: see {@link linkState}. */
export type LinkFate =
  | { state: 'unread'; ciphertext: Uint8Array | null }
  | { state: 'redeemed'; at: Date; from: string | null }
  | { state: 'withdrawn' };

export type LinkState = 'open' | 'redeemed' | 'expired' | 'withdrawn';

/** How long a link can be redeemed, in milliseconds. */
export const linkLifetime = 24 * 60 * 60 * 1000;

/** What a link is at a moment: unread means open until it expires. */
export function linkState(link: Pick<Link, 'fate' | 'expiresAt'>, now: Date): LinkState {
  if (link.fate.state !== 'unread') return link.fate.state;
  return now < link.expiresAt ? 'open' : 'expired';
}

/** A key with its open link, if it has one, withdrawn; otherwise the very same. */
export function withoutOpenLink<K extends { link: Link | null }>(key: K, now: Date): K {
  return key.link && linkState(key.link, now) === 'open'
    ? { ...key, link: { ...key.link, fate: { state: 'withdrawn' } } }
    : key;
}
