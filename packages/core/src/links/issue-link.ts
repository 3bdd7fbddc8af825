import type { Ports } from '../ports.ts';
import { toBase62 } from '../tokens/alphabets.ts';
import { Secret } from '../tokens/secret.ts';
import { makeToken, type Token } from '../tokens/token.ts';
import { linkLifetime, type Link } from './link.ts';

/** What the issuer gets of a link, once. */
export interface IssuedLink {
  /** `{PUBLIC_URL}/credentials/{link token}`. */
  url: Secret;
  expiresAt: Date;
}

/** Makes a token, and the link that delivers it. Nobody sees the token but the link's reader. */
export function issueLink(
  ports: Ports,
  now: Date,
): { token: Token; link: Link; issued: IssuedLink } {
  const { crypto, keyring, newId, settings } = ports;
  const secret = makeToken(crypto, settings.tokenPrefix);
  const linkToken = new Secret(toBase62(crypto.randomBytes(32), 43));
  const token: Token = {
    id: newId(),
    hash: keyring.hash('token', secret),
    createdAt: now,
    deliveredAt: null,
    lastUsedAt: null,
  };
  const id = newId();
  const expiresAt = new Date(now.getTime() + linkLifetime);
  const link: Link = {
    id,
    tokenId: token.id,
    hash: keyring.hash('link', linkToken),
    createdAt: now,
    expiresAt,
    fate: { state: 'unread', ciphertext: keyring.seal(secret, linkToken, id) },
  };
  const url = new Secret(`${settings.publicUrl}/credentials/${linkToken.reveal()}`);
  return { token, link, issued: { url, expiresAt } };
}
