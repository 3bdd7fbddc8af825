import type { ApiKey, ExternalKey, KeyAttention, KeyToken, RoleOption } from './types.ts';

const day = 86_400_000;
const managing = ['keys.edit', 'keys.renew', 'keys.settings', 'roles.edit', 'members.edit'];

/** Whether a role deserves a warning: it says so itself, or it lets a key manage keys, roles or members. */
export function isBroadRole(role: Pick<RoleOption, 'broad' | 'permissions'>): boolean {
  return role.broad ?? role.permissions.some((permission) => managing.includes(permission));
}

export function tokenOf(key: Pick<ApiKey, 'tokens'>, state: KeyToken['state']): KeyToken | null {
  return key.tokens.find((token) => token.state === state) ?? null;
}

/** Whether the newest link can still be redeemed, as of `now`. */
export function hasOpenLink(key: Pick<ApiKey, 'link'>, now: Date): boolean {
  return key.link?.state === 'open' && new Date(key.link.expiresAt) > now;
}

/**
 * Whether the current token never reached anyone: its own link ended unread. Undoing a renewal leaves
 * the former token, which was delivered, beside the withdrawn link of the one that is gone.
 */
export function isUndelivered(key: Pick<ApiKey, 'link' | 'tokens'>): boolean {
  const current = tokenOf(key, 'current');
  if (!key.link || !current || key.link.state === 'redeemed') return false;
  // A link is made together with its token, and works for a day.
  return Date.parse(current.createdAt) >= Date.parse(key.link.expiresAt) - day;
}

/** Whether a renewal can start: not while the newest link is open, nor while a delivered renewal is pending. */
export function canRenew(key: Pick<ApiKey, 'link' | 'renewal'>, now: Date): boolean {
  if (hasOpenLink(key, now)) return false;
  return key.renewal === null || key.link?.state !== 'redeemed';
}

/** Whether something happened within the last 24 hours. */
export function isWithinADay(time: string | null, now: Date): boolean {
  return time !== null && now.getTime() - new Date(time).getTime() < day;
}

/** What to call another account's key: its name, else its identifier. */
export function externalKeyName(key: Pick<ExternalKey, 'name' | 'key'>): string {
  return key.name ?? key.key;
}

/** What to call its owner: the account's name, else its slug. */
export function ownerName({ account }: Pick<ExternalKey, 'account'>): string {
  return account.name ?? account.slug;
}

export type ExpiryState = 'none' | 'later' | 'soon' | 'expired';

/** How near a key is to its expiry; `soon` begins 14 days before. */
export function expiryState(expiresAt: string | null, now: Date): ExpiryState {
  if (expiresAt === null) return 'none';
  const left = new Date(expiresAt).getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= 14 * day ? 'soon' : 'later';
}

/** All the reasons, in the order in which a filter lists them. */
export const keyAttentions: readonly KeyAttention[] = [
  'idle',
  'never',
  'expiring',
  'expired',
  'broad',
];

/**
 * Why a key deserves a second look: it was used, but not for 90 days; it was never used; it expires
 * within 14 days, or has expired; one of its roles is broad.
 *
 * @param roles those that exist
 */
export function attentionOf(
  key: Pick<ApiKey, 'lastUsedAt' | 'expiresAt' | 'roles'>,
  roles: readonly RoleOption[],
  now: Date,
): readonly KeyAttention[] {
  const { lastUsedAt, expiresAt } = key;
  const applies: Record<KeyAttention, boolean> = {
    idle: lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) >= 90 * day,
    never: lastUsedAt === null,
    expiring: expiryState(expiresAt, now) === 'soon',
    expired: expiryState(expiresAt, now) === 'expired',
    broad: roles.some((role) => isBroadRole(role) && key.roles.some(({ id }) => id === role.id)),
  };
  return keyAttentions.filter((attention) => applies[attention]);
}
