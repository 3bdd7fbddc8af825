import type { Account } from './accounts/account.ts';
import type { ChainHead } from './audit/chain.ts';
import type { AuditAction, AuditEvent } from './audit/event.ts';
import type { ExternalKey, ExternalKeyStatus } from './external-keys/external-key.ts';
import type { ExpiryState } from './keys/expiry.ts';
import type { ApiKey, KeyStatus } from './keys/key.ts';
import type { UsageState } from './keys/idleness.ts';
import type { Member } from './members/member.ts';
import type { Mail, MailPreference } from './notifications/mail.ts';
import type { AlertType, Notification, NotificationType } from './notifications/notification.ts';
import type { ClaimedDelivery } from './notifications/send-webhooks.ts';
import type { Delivery, DeliveryState, Webhook } from './notifications/webhook.ts';
import type { RenewalAlert } from './renewals/alert.ts';
import type { Role } from './roles/role.ts';
import type { Keyring } from './tokens/keyring.ts';
import type { StoredCredential } from './verification/verification.ts';

/** Everything that a use case takes from outside. Nothing else reads a clock, makes randomness or touches a disk. */
export interface Ports {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  keyring: Keyring;
  usage: UsageCounter;
  /** A new unique id that sorts by time of creation (UUID version 7). */
  newId: () => string;
  settings: Settings;
}

/** What the operator chose. */
export interface Settings {
  /** The base of links, without a slash at the end. */
  publicUrl: string;
  /** The prefix of tokens and identifiers. */
  tokenPrefix: string;
  /** Whether tokens that another system made are looked up too. Without it what is no token of ours needs no look-up. */
  importedTokens: boolean;
  /** Whether mail can be sent. Otherwise none is written down, or all of it would go out on the day that it can. */
  mails: boolean;
}

/** Takes note of refused verifications, as {@link UsageCounter} does of successful ones. */
export interface FailureCounter {
  /** @param key the identifier that came with the token, of a key or not. */
  count(key: string): void;
}

export interface Clock {
  now(): Date;
}

/** Takes note of successful verifications; writing them is its own affair, off the path of the answer. */
export interface UsageCounter {
  count(use: { tokenId: string; keyId: string; at: Date }): void;
}

/** The primitives that core takes from the platform. Text is UTF-8. */
export interface Crypto {
  randomBytes(length: number): Uint8Array;
  /** As base64url. */
  sha256(data: string): string;
  /** As base64url. */
  hmacSha256(key: Uint8Array, data: string): string;
  /** RFC 5869. @param length in bytes. */
  hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** AES-256-GCM under a fresh nonce: nonce, ciphertext and tag in one. */
  seal(key: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Uint8Array;
  /** Opens what `seal` made; `undefined` when the key, the ciphertext or the associated data is not the one. */
  open(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array | undefined;
  /** CRC-32 as of zlib, unsigned. */
  crc32(data: string): number;
}

/**
 * The repositories outside a transaction, and the way into one. Inside, what is read for a change is locked until the end:
 * two changes of one key, or of one account's audit chain, happen one after the other, on any number of nodes.
 */
export interface Store extends Repositories {
  /** Runs `work` in one transaction: commits when it returns (also a refusal, which writes before it only what must stay), rolls back when it throws. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
}

export interface Repositories {
  instance: InstanceRepository;
  accounts: AccountRepository;
  roles: RoleRepository;
  members: MemberRepository;
  keys: KeyRepository;
  links: LinkRepository;
  externalKeys: ExternalKeyRepository;
  credentials: CredentialRepository;
  audit: AuditRepository;
  notifications: NotificationRepository;
  webhooks: WebhookRepository;
  mails: MailRepository;
}

export interface InstanceRepository {
  /** The instance's random id, made with the database, and the person who set it up, if anybody has. */
  read(): Promise<{ id: string; administratorId: string | null }>;
  /** One guarded write: `true` for exactly one caller, ever. */
  claim(personId: string): Promise<boolean>;
  /**
   * One guarded write: keeps the first of the checks, unless one was kept that is none of these.
   *
   * @param checks a value derived from each of the server's secrets, the signing one first: of no use to who reads it.
   * @returns `false` when the database was written under another secret; nothing was written then.
   */
  recognise(checks: readonly [string, ...string[]]): Promise<boolean>;
}

export interface AccountRepository {
  find(id: string): Promise<Account | undefined>;
  findBySlug(slug: string): Promise<Account | undefined>;
  /** Every account of the instance, by slug. */
  list(): Promise<Account[]>;
  /** By name, those that a person is an active member of. */
  listForPerson(personId: string): Promise<Account[]>;
  /** @returns `false` when the slug is taken; nothing was written then. */
  add(account: Account): Promise<boolean>;
  /** Also lets all alerts be looked at again: under another period others hold. */
  saveSettings(account: Pick<Account, 'id' | 'renewalPeriodMonths'>): Promise<void>;
  /** One guarded write: notes that every alert up to a time is told, unless they are to be looked at again meanwhile. @param after up to when they were told before. */
  saveAlertsTold(id: string, after: Date, until: Date): Promise<void>;
}

export interface RoleRepository {
  /** All roles of an account, predefined first, then by name. */
  list(accountId: string): Promise<Role[]>;
  /** Those of the ids that are roles of this account. */
  findMany(accountId: string, ids: readonly string[]): Promise<Role[]>;
  /** @returns `false` when the account has another role of this name, whatever its case; nothing was written then. */
  save(role: Role): Promise<boolean>;
  remove(accountId: string, id: string): Promise<void>;
  /** Whether a key, an external key, a member or an invitation has the role. */
  isUsed(accountId: string, id: string): Promise<boolean>;
  /** How many have it, of each. Invitations count as members. */
  countUsers(accountId: string, id: string): Promise<RoleUsers>;
}

/** How many keys, external keys and members have a role. */
export interface RoleUsers {
  keys: number;
  externalKeys: number;
  members: number;
}

export interface MemberRepository {
  /** By e-mail address, the invited among them. */
  list(accountId: string): Promise<Member[]>;
  find(accountId: string, id: string): Promise<Member | undefined>;
  findByPerson(accountId: string, personId: string): Promise<Member | undefined>;
  /** Whatever the account: the hash is the secret. Locks the row. @param hashes one for each of the server's secrets. */
  findByInvitation(
    hashes: readonly string[],
  ): Promise<{ member: Member; account: Account } | undefined>;
  /** @returns `false` when the account has another member of this address or person; nothing was written then. */
  save(member: Member): Promise<boolean>;
  remove(accountId: string, id: string): Promise<void>;
  /** Names a person anew in every account. */
  rename(personId: string, name: string): Promise<void>;
  /** How many active members hold the role Owner. Inside a transaction it locks the account's members, so that two cannot both remove the last but one. */
  countOwners(accountId: string): Promise<number>;
}

export const keySorts = ['name', 'createdAt', 'lastUsedAt', 'status'] as const;
export type KeySort = (typeof keySorts)[number];

/** Which keys of an account are meant. */
export interface KeyFilter {
  accountId: string;
  /** Anywhere in name or identifier, compared as `searchText`. */
  search?: string | undefined;
  status?: KeyStatus | undefined;
  roleId?: string | undefined;
  /** One of these roles, whichever. */
  anyRoleOf?: readonly string[] | undefined;
  alert?: RenewalAlert | undefined;
  usage?: UsageState | undefined;
  expiry?: ExpiryState | undefined;
  /** The account's period and the time, which decide what is `due`, `idle` and `soon`. */
  renewalPeriodMonths: Account['renewalPeriodMonths'];
  now: Date;
}

/** Which keys of an account to list, and in what order. */
export interface KeyQuery extends KeyFilter {
  sort: KeySort;
  order: 'asc' | 'desc';
  /** From the page before; it stays right while rows come and go. */
  cursor?: string | undefined;
  limit: number;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface KeyRepository {
  /** `undefined` when the cursor is not one that this query gave out. */
  list(query: KeyQuery): Promise<(Page<ApiKey> & { total: number }) | undefined>;
  /** How many keys a list of them would have. */
  count(filter: KeyFilter): Promise<number>;
  /** The keys that expire next, the first to expire first. @param until what expires later is left out. */
  listExpiring(accountId: string, after: Date, until: Date, limit: number): Promise<ApiKey[]>;
  /** The keys whose tokens, those that a renewal alert counts from, are three months old by then; the oldest first. */
  listOldest(accountId: string, by: Date, limit: number): Promise<ApiKey[]>;
  /** Inside a transaction it locks the key. */
  find(accountId: string, id: string): Promise<ApiKey | undefined>;
  /** The same without the lock: for a key that acts, beside the one that is changed. Two locked in any order could wait for each other. */
  peek(accountId: string, id: string): Promise<ApiKey | undefined>;
  /** Those of the ids that are keys of this account. Inside a transaction it locks them. */
  findMany(accountId: string, ids: readonly string[]): Promise<ApiKey[]>;
  /** Keys, of any account, by what credentials name them. */
  findByIdentifiers(
    identifiers: readonly string[],
  ): Promise<Pick<ApiKey, 'accountId' | 'id' | 'key' | 'name'>[]>;
  /** @returns `false` when the identifier was ever issued before; nothing was written then. */
  add(key: ApiKey): Promise<boolean>;
  /**
   * Writes the key as it now is: its roles, the tokens that it still has, its newest link. Tokens that it no longer has are deleted.
   * `lastUsedAt`, of key and tokens, is left alone: the usage counter writes it.
   */
  save(key: ApiKey): Promise<void>;
  /** Deletes the key, its tokens, links and usage. The identifier stays taken for ever. */
  remove(accountId: string, id: string): Promise<void>;
  /** Keys, of any account, whose renewal is scheduled to be complete by now and whose new token was delivered. */
  listDueCompletions(now: Date, limit: number): Promise<{ accountId: string; id: string }[]>;
  /**
   * Keys, of any account, for which an alert began to hold since alerts were last told: due or overdue under the account's period,
   * less than 14 days before their expiry, or expired.
   */
  listAlerting(now: Date): Promise<{ accountId: string; keyIds: string[]; after: Date }[]>;
  /** Usage since it was last written: adds to the day's counts and moves `lastUsedAt` forward, never back. What was used counts for its key also when the token is gone; a key that is gone is passed over. */
  addUsage(usage: readonly TokenUsage[]): Promise<void>;
  /** A key's verifications by day and token, oldest first; days without any are left out. @param since the first day, `2026-11-24`. */
  readUsage(accountId: string, keyId: string, since: string): Promise<DayUsage[]>;
}

/** Successful verifications of one token, which may be gone by now, on one UTC day. */
export interface DayUsage {
  /** `2026-11-24`. */
  day: string;
  tokenId: string;
  count: number;
}

/** Successful verifications of one token on one UTC day. */
export interface TokenUsage {
  tokenId: string;
  keyId: string;
  /** `2026-11-24`. */
  day: string;
  count: number;
  lastUsedAt: Date;
}

/** A link as its reader meets it, with the key that it belongs to. */
export interface DeliveredLink {
  id: string;
  accountId: string;
  keyId: string;
  tokenId: string;
  state: 'unread' | 'redeemed' | 'withdrawn';
  expiresAt: Date;
  key: string;
  keyName: string;
  accountName: string;
  accountSlug: string;
  ciphertext: Uint8Array | null;
}

export interface LinkRepository {
  /** Whatever the account: the hash is the secret. Inside a transaction it locks the key that the link belongs to. */
  findByHash(hashes: readonly string[]): Promise<DeliveredLink | undefined>;
  /**
   * One guarded write: marks the link redeemed, erases its ciphertext and marks its token delivered.
   *
   * @returns the link's key for exactly one caller, and only while the link is unread and before it expires.
   */
  redeem(
    id: string,
    now: Date,
    from: string | null,
  ): Promise<{ accountId: string; keyId: string } | undefined>;
  /** One guarded write: `true` for the first attempt on a read link within a minute, so that nobody can flood the audit log. */
  noteAttempt(id: string, now: Date): Promise<boolean>;
  /** Erases the ciphertext of every link that expired by now; safe on every node at once. @returns how many. */
  eraseExpired(now: Date): Promise<number>;
}

export interface ExternalKeyRepository {
  /** By time of addition, newest first, each with what its owner has made of it. */
  list(accountId: string): Promise<{ externalKey: ExternalKey; status: ExternalKeyStatus }[]>;
  /** The same, the first added first, a page in memory at a time. */
  walk(accountId: string): AsyncIterable<{ externalKey: ExternalKey; status: ExternalKeyStatus }>;
  /** The ids of the keys that the account has granted to, in no order. */
  keyIds(accountId: string): AsyncIterable<string>;
  /** Inside a transaction it locks the row. */
  find(
    accountId: string,
    id: string,
  ): Promise<{ externalKey: ExternalKey; status: ExternalKeyStatus } | undefined>;
  /** The key of another account by its identifier. */
  findOwnersKey(
    key: string,
  ): Promise<{ keyId: string; ownerId: string; owner: string; status: KeyStatus } | undefined>;
  /** @returns `false` when the account has granted to this key already; nothing was written then. */
  add(externalKey: ExternalKey): Promise<boolean>;
  saveRoles(externalKey: ExternalKey): Promise<void>;
  remove(accountId: string, id: string): Promise<void>;
}

/** The one look-up of the verification path. */
export interface CredentialRepository {
  /**
   * @param tokenHashes one for each of the server's secrets.
   * @param account the slug of the account whose grants are asked for; the key's own without it.
   */
  find(tokenHashes: readonly string[], account?: string): Promise<StoredCredential | undefined>;
}

/** Which audit events to list, newest first. */
export interface AuditQuery {
  accountId: string;
  /** A member's or key's id, or a part of the actor's name. */
  actor?: string | undefined;
  action?: AuditAction | undefined;
  keyId?: string | undefined;
  cursor?: string | undefined;
  /** 1–100. */
  limit: number;
}

export interface AuditRepository {
  /**
   * The account's last event. Inside a transaction it locks the chain until the end. Every change of an account begins with it:
   * so changes of one account happen one after the other, and no two transactions wait for each other.
   */
  head(accountId: string): Promise<ChainHead>;
  /** When a refusal of an actor with this subject was last appended. */
  lastRefusal(
    accountId: string,
    actorId: string,
    told: { action: 'access.refused' | 'sign-in.failed'; subject: string },
  ): Promise<Date | undefined>;
  /** Adds the event and moves the head to it. */
  append(event: AuditEvent): Promise<void>;
  /** `undefined` when the cursor is not one that this query gave out. */
  list(query: AuditQuery): Promise<Page<AuditEvent> | undefined>;
  /** What an account's events after one were, by ascending sequence; not what they tell. */
  after(
    accountId: string,
    sequence: number,
    limit: number,
  ): Promise<Pick<AuditEvent, 'sequence' | 'action' | 'keyId'>[]>;
  /** The sequence of an account's last event before a moment; 0 when there is none. */
  lastBefore(accountId: string, moment: Date): Promise<number>;
  /** Every event of an account by ascending sequence, a page in memory at a time. */
  walk(accountId: string): AsyncIterable<AuditEvent>;
}

/** What is told once: a type of notification, of a subject (a key's id, or nothing), about something particular. */
export interface ToldOnce {
  accountId: string;
  type: NotificationType;
  subject: string;
  about: string;
}

export interface NotificationRepository {
  /** One guarded write: `true` for exactly one caller. */
  tellOnce(once: ToldOnce, now: Date): Promise<boolean>;
  add(notifications: readonly Notification[]): Promise<void>;
  find(accountId: string, id: string): Promise<Notification | undefined>;
  /** Those of a time, oldest first, and how many there are. @param query `until` is no part of it. */
  listWithin(query: {
    accountId: string;
    types: readonly AlertType[];
    from: Date;
    until: Date;
    limit: number;
  }): Promise<{ items: Notification[]; total: number }>;
  /** Adds to the failed verifications of a key, or of all keys of the account (`null`), in a window. @returns how many there are now. */
  addFailures(failures: {
    accountId: string;
    keyId: string | null;
    window: Date;
    count: number;
  }): Promise<number>;
  /**
   * Erases what is past: notifications with their deliveries and mails, and counts of failures, before one time; what was told once,
   * before another.
   *
   * @returns how many rows.
   */
  eraseOlderThan(time: Date, toldBefore: Date): Promise<number>;
}

export interface WebhookRepository {
  /** All endpoints of an account, oldest first. */
  list(accountId: string): Promise<Webhook[]>;
  /** The ids of the accounts that have any. */
  listAccounts(): Promise<string[]>;
  /** Inside a transaction it locks the row. */
  find(accountId: string, id: string): Promise<Webhook | undefined>;
  save(webhook: Webhook): Promise<void>;
  /** With its deliveries. */
  remove(accountId: string, id: string): Promise<void>;
  addDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  findDelivery(accountId: string, id: string): Promise<Delivery | undefined>;
  /** Newest first; `undefined` when the cursor is not one that this query gave out. */
  listDeliveries(query: {
    accountId: string;
    webhookId: string;
    state?: DeliveryState | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<Delivery> | undefined>;
  /**
   * Takes on pending deliveries of active endpoints, of any account, whose time has come: each goes to exactly one caller, counts an
   * attempt, and is nobody else's for the time of the lease. At most two of one endpoint, so that a slow one holds up no other; the
   * longest due first.
   *
   * @param lease in milliseconds.
   * @param busy endpoints to pass over, by their ids: the caller is at work for them.
   */
  claim(
    now: Date,
    lease: number,
    limit: number,
    busy: readonly string[],
  ): Promise<ClaimedDelivery[]>;
  /** One guarded write of what came of an attempt. @returns `false` when it was taken for lost meanwhile; nothing was written then. */
  recordAttempt(delivery: Delivery): Promise<boolean>;
  /** Makes a delivery pending again, from its first attempt. */
  restartDelivery(delivery: Delivery): Promise<void>;
}

export interface MailRepository {
  /** Once for each member and what it is about. @param dueAt when to send it. */
  add(mail: Mail, dueAt: Date): Promise<void>;
  /** Takes on mails whose time has come: each goes to exactly one caller. @param lease in milliseconds. */
  claim(now: Date, lease: number, limit: number): Promise<Mail[]>;
  /** Notes what came of an attempt. @param nextAttemptAt `null` when it is over. */
  recordAttempt(mail: Mail, nextAttemptAt: Date | null): Promise<void>;
  /** What members said that they want, by their ids; who said nothing is not in it. */
  listPreferences(accountId: string): Promise<Map<string, MailPreference>>;
  savePreference(accountId: string, memberId: string, preference: MailPreference): Promise<void>;
}
