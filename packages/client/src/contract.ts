/** What the REST API takes and gives. Times are RFC 3339 in UTC. */

export interface VerificationRequest {
  key?: string;
  token: string;
  /** The slug of the account whose resources are asked for; the key's own without it. */
  account?: string;
  /** All of them are needed. */
  permission?: string | readonly string[];
}

export type VerificationResult =
  | {
      valid: true;
      code: 'VALID';
      account: string;
      key: { id: string; key: string; name: string; account: string };
      roles: string[];
      permissions: string[];
      /** Whether it lets whoever holds a token manage keys, roles or members. */
      broad: boolean;
    }
  | {
      valid: false;
      code: 'INVALID_CREDENTIALS' | 'INACTIVE' | 'EXPIRED' | 'INSUFFICIENT_PERMISSIONS';
    };

export interface LinkPreview {
  keyName: string;
  account: string;
  expiresAt: string;
}

export interface RedeemedCredential {
  key: string;
  token: string;
}

export interface ApiKey {
  id: string;
  /** The identifier, shown everywhere. */
  key: string;
  name: string;
  status: 'active' | 'inactive';
  roles: { id: string; name: string }[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  alert: 'none' | 'due' | 'overdue';
  tokens: { createdAt: string; lastUsedAt: string | null; state: 'current' | 'old' }[];
  renewal: { startedAt: string; completeAt: string | null } | null;
  link: {
    state: 'open' | 'redeemed' | 'expired' | 'withdrawn';
    expiresAt: string;
    redeemedAt: string | null;
    redeemedFrom: string | null;
  } | null;
}

/** A single-access link, given once. */
export interface IssuedLink {
  url: string;
  expiresAt: string;
}

export interface KeyQuery {
  search?: string;
  status?: 'active' | 'inactive';
  /** A role's id. */
  role?: string;
  alert?: 'none' | 'due' | 'overdue';
  /** Used, and not within 90 days; or never used. */
  usage?: 'idle' | 'never';
  /** About to expire within 14 days, or past its expiry. */
  expiry?: 'soon' | 'expired';
  /** With a role that manages keys, roles or members. */
  access?: 'broad';
  sort?: 'name' | 'createdAt' | 'lastUsedAt' | 'status';
  order?: 'asc' | 'desc';
  cursor?: string;
  /** 1–100; 25 without it. */
  limit?: number;
}

export interface KeyPage {
  items: ApiKey[];
  nextCursor: string | null;
  total: number;
}

export interface Role {
  id: string;
  name: string;
  description: string;
  permissions: string[];
}
