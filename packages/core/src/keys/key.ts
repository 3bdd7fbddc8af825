import type { Link } from '../links/link.ts';
import type { Renewal } from '../renewals/renewal.ts';
import type { Token } from '../tokens/token.ts';

export const keyStatuses = ['active', 'inactive'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** An API key with all that changes together with it: its tokens, its renewal and its newest link. */
export interface ApiKey {
  id: string;
  accountId: string;
  /** The identifier, shown everywhere: `lk-{account slug}-{8 characters of Crockford base32}`. */
  key: string;
  /** What the admin typed to recognise the key. */
  name: string;
  status: KeyStatus;
  roleIds: readonly string[];
  createdAt: Date;
  /** From then on verification answers `EXPIRED`; `null` for never. */
  expiresAt: Date | null;
  /** When a credential of this key last verified, also with a token that is gone. Written by the usage counter alone. */
  lastUsedAt: Date | null;
  currentToken: Token;
  renewal: Renewal;
  /** The newest link of the key, of whichever token. `null` only for an imported key. */
  link: Link | null;
  /** Counts the changes an admin made; two admins who edit the same version do not overwrite each other. */
  version: number;
}
