/** The key, the role and their kin as Latchkey's public contract writes them. Times are RFC 3339. */

export type KeyStatus = 'active' | 'inactive';
/** What the owner of an external key made of it: what is deleted stays listed until it is removed. */
export type ExternalKeyStatus = KeyStatus | 'deleted';
export type RenewalAlertLevel = 'none' | 'due' | 'overdue';

/** Why a key deserves a second look; see `attentionOf`. */
export type KeyAttention = 'idle' | 'never' | 'expiring' | 'expired' | 'broad';

export interface RoleRef {
  readonly id: string;
  readonly name: string;
}

export interface KeyToken {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly state: 'current' | 'old';
}

/** The fate of the newest single-access link: never the link itself. */
export interface LinkFate {
  readonly state: 'open' | 'redeemed' | 'expired' | 'withdrawn';
  readonly expiresAt: string;
  readonly redeemedAt: string | null;
  readonly redeemedFrom: string | null;
}

export interface ApiKey {
  readonly id: string;
  /** The identifier that is shown everywhere, e.g. `lk-acme-7Q2M9XKD`. */
  readonly key: string;
  readonly name: string;
  readonly status: KeyStatus;
  readonly roles: readonly RoleRef[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly alert: RenewalAlertLevel;
  readonly tokens: readonly KeyToken[];
  readonly renewal: null | { readonly startedAt: string; readonly completeAt: string | null };
  readonly link: LinkFate | null;
}

/** A single-access link, at the one moment when it exists in the clear. */
export interface AccessLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** What generating or renewing answers. */
export interface IssuedKey {
  readonly key: ApiKey;
  readonly link: AccessLink;
}

/** A role that may be granted. */
export interface RoleOption {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly permissions: readonly string[];
  /** Heading under which the role is listed; predefined and own roles are told apart without it. */
  readonly group?: string | undefined;
  readonly predefined?: boolean | undefined;
  /** Whether to warn that it allows a lot; see `isBroadRole` for what is assumed without it. */
  readonly broad?: boolean | undefined;
  /** False when the person may not grant it, because they lack one of its permissions. */
  readonly grantable?: boolean | undefined;
}

/** A key that another account owns and that this account has granted roles to. */
export interface ExternalKey {
  readonly id: string;
  readonly key: string;
  /** Null where the backend does not tell what another account calls its key. */
  readonly name: string | null;
  /** The owner; its name null where the backend tells the slug alone. */
  readonly account: { readonly slug: string; readonly name: string | null };
  readonly roles: readonly RoleRef[];
  readonly addedAt: string;
  /** What its owner made of it. */
  readonly status: ExternalKeyStatus;
}

/** Successful verifications in the last day, week and month. */
export interface KeyCalls {
  readonly day: number;
  readonly week: number;
  readonly month: number;
}

/** The calls of a key, and of each of its tokens where they are told apart. */
export interface KeyUsage extends KeyCalls {
  readonly tokens?: readonly { readonly state: KeyToken['state']; readonly calls: KeyCalls }[];
}

/** When the old token of a pending renewal is deleted. */
export type RenewalCompletion =
  | { readonly when: 'later' }
  | { readonly when: 'now' }
  | { readonly when: 'at'; readonly completeAt: string };
