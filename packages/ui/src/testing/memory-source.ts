import type {
  AccessLink,
  ApiKey,
  ExternalKey,
  IssuedKey,
  KeyToken,
  RoleOption,
  RoleRef,
} from '../api-key/types.ts';
import { attentionOf, canRenew, hasOpenLink, isUndelivered } from '../api-key/rules.ts';
import type { ApiKeysDataSource, Capability, KeyQuery, KeySettings } from '../api-keys/source.ts';

const day = 86_400_000;

const everything: readonly Capability[] = [
  'generate',
  'expiry',
  'edit',
  'status',
  'renew',
  'schedule',
  'withdrawLink',
  'delete',
  'usage',
  'external',
  'externalEdit',
  'export',
  'exportChosen',
  'settings',
  'attention',
];

export interface MemorySourceOptions {
  readonly keys?: readonly ApiKey[] | undefined;
  readonly externalKeys?: readonly ExternalKey[] | undefined;
  readonly roles?: readonly RoleOption[] | undefined;
  /** All of them when absent. */
  readonly capabilities?: readonly Capability[] | undefined;
  readonly now?: (() => Date) | undefined;
  /** Where links point to. */
  readonly publicUrl?: string | undefined;
}

export interface MemorySource extends Required<Omit<ApiKeysDataSource, 'subscribe'>> {
  subscribe(onChange: () => void): () => void;
  /** Uses a link as its reader would; false when it is gone. */
  redeem(url: string): Promise<boolean>;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

function refuse(message: string): never {
  throw new Error(message);
}

/**
 * A whole backend in memory, with Latchkey's rules: for demonstrations, stories and tests. It keeps no
 * secrets, because it makes none.
 */
export function createMemorySource(options: MemorySourceOptions = {}): MemorySource {
  const now = options.now ?? (() => new Date());
  const roles = options.roles ?? [];
  const publicUrl = options.publicUrl ?? 'https://keys.example.com';
  const keys = new Map((options.keys ?? []).map((key) => [key.id, key]));
  const external = new Map((options.externalKeys ?? []).map((key) => [key.id, key]));
  const links = new Map<string, string>();
  const listeners = new Set<() => void>();
  let settings: KeySettings = { renewalPeriodMonths: 3 };

  const find = (id: string) => keys.get(id) ?? refuse('This key does not exist any more.');
  const put = (key: ApiKey): ApiKey => {
    keys.set(key.id, key);
    for (const listener of listeners) listener();
    return key;
  };
  const refs = (ids: readonly string[], held: readonly RoleRef[] = []) =>
    ids.map((id) => {
      const role =
        roles.find((candidate) => candidate.id === id) ?? refuse('This role does not exist.');
      // What is held already may stay, also by the hand of who could not grant it.
      if (role.grantable === false && !held.some((other) => other.id === id)) {
        refuse(`You may not grant the role ${role.name}.`);
      }
      return { id: role.id, name: role.name };
    });
  const closeLinks = (id: string) => {
    for (const [url, owner] of links) if (owner === id) links.delete(url);
  };
  const newLink = (id: string): AccessLink => {
    const url = `${publicUrl}/credentials/${randomText(26)}`;
    closeLinks(id);
    links.set(url, id);
    return { url, expiresAt: new Date(now().getTime() + day).toISOString() };
  };
  const openFate = (link: AccessLink) => ({
    state: 'open' as const,
    expiresAt: link.expiresAt,
    redeemedAt: null,
    redeemedFrom: null,
  });
  const newToken = (): KeyToken => ({
    createdAt: now().toISOString(),
    lastUsedAt: null,
    state: 'current',
  });
  const pending = (id: string) => {
    const key = find(id);
    return key.renewal ? key : refuse('No renewal of this key is pending.');
  };
  const named = (name: string) => {
    const trimmed = name.trim();
    if (trimmed === '') refuse('Enter a name.');
    if ([...trimmed].length > 100) refuse('Use at most 100 characters.');
    return trimmed;
  };

  return {
    capabilities: options.capabilities ?? everything,

    async listKeys(query) {
      const found = [...keys.values()].filter((key) => matches(key, query, roles, now()));
      found.sort((a, b) => compare(a, b, query));
      const start = query.cursor === null ? 0 : Number(query.cursor);
      const end = start + query.limit;
      return {
        items: found.slice(start, end),
        nextCursor: end < found.length ? String(end) : null,
        total: found.length,
      };
    },
    listRoles: async () => roles,

    async generateKey(input): Promise<IssuedKey> {
      const id = randomText(12);
      // What is refused leaves no link behind.
      const [name, granted] = [named(input.name), refs(input.roleIds)];
      const link = newLink(id);
      const key = put({
        id,
        key: `lk-demo-${randomText(8)}`,
        name,
        status: 'active',
        roles: granted,
        createdAt: now().toISOString(),
        expiresAt: input.expiresAt ?? null,
        lastUsedAt: null,
        alert: 'none',
        tokens: [newToken()],
        renewal: null,
        link: openFate(link),
      });
      return { key, link };
    },

    async updateKey(id, changes) {
      const key = find(id);
      return put({
        ...key,
        name: changes.name === undefined ? key.name : named(changes.name),
        roles: changes.roleIds === undefined ? key.roles : refs(changes.roleIds, key.roles),
        status: changes.status ?? key.status,
        expiresAt: changes.expiresAt === undefined ? key.expiresAt : changes.expiresAt,
      });
    },

    async renewKey(id): Promise<IssuedKey> {
      const key = find(id);
      if (hasOpenLink(key, now())) refuse('The link of this key is still open.');
      if (!canRenew(key, now())) refuse('A renewal of this key is pending already.');
      const link = newLink(id);
      const current = key.tokens.find((token) => token.state === 'current');
      const former = key.tokens.filter((token) => token.state === 'old');
      const kept =
        current && !isUndelivered(key) ? [{ ...current, state: 'old' as const }] : former;
      const renewed = put({
        ...key,
        alert: kept.length > 0 ? key.alert : 'none',
        tokens: [newToken(), ...kept],
        renewal: kept.length > 0 ? { startedAt: now().toISOString(), completeAt: null } : null,
        link: openFate(link),
      });
      return { key: renewed, link };
    },

    async completeRenewal(id) {
      const key = pending(id);
      return put({
        ...key,
        alert: 'none',
        renewal: null,
        tokens: key.tokens.filter((token) => token.state === 'current'),
      });
    },

    async undoRenewal(id) {
      const key = pending(id);
      closeLinks(id);
      return put({
        ...key,
        renewal: null,
        tokens: key.tokens
          .filter((token) => token.state === 'old')
          .map((token) => ({ ...token, state: 'current' as const })),
        link: key.link && {
          ...key.link,
          state: key.link.state === 'open' ? 'withdrawn' : key.link.state,
        },
      });
    },

    async scheduleRenewal(id, completeAt) {
      const key = pending(id);
      if (completeAt !== null) {
        const ahead = Date.parse(completeAt) - now().getTime();
        if (ahead <= 0) refuse('Choose a time in the future.');
        if (ahead > 90 * day) refuse('Choose a time within the next 90 days.');
      }
      return put({ ...key, renewal: key.renewal && { ...key.renewal, completeAt } });
    },

    async withdrawLink(id) {
      const key = find(id);
      if (!key.link || key.link.state !== 'open') refuse('This key has no open link.');
      closeLinks(id);
      return put({ ...key, link: key.link && { ...key.link, state: 'withdrawn' } });
    },

    async deleteKey(id) {
      find(id);
      closeLinks(id);
      keys.delete(id);
      for (const listener of listeners) listener();
    },

    async keyCalls(id) {
      const { lastUsedAt, tokens } = find(id);
      const callsOf = (used: string | null) =>
        used === null ? { day: 0, week: 0, month: 0 } : { day: 1840, week: 12_903, month: 51_277 };
      return {
        ...callsOf(lastUsedAt),
        tokens: tokens.map((token) => ({ state: token.state, calls: callsOf(token.lastUsedAt) })),
      };
    },

    listExternalKeys: async () => [...external.values()],

    async addExternalKey(input) {
      if (!/^[a-z]+-[a-z0-9-]+-[0-9A-Z]{8}$/.test(input.key))
        refuse('There is no key with this identifier.');
      const slug = input.key.split('-').slice(1, -1).join('-');
      const added: ExternalKey = {
        id: randomText(12),
        key: input.key,
        name: input.key,
        account: { slug, name: slug },
        roles: refs(input.roleIds),
        addedAt: now().toISOString(),
        status: 'active',
      };
      external.set(added.id, added);
      return added;
    },

    async updateExternalKey(id, changes) {
      const key = external.get(id) ?? refuse('This external key was removed.');
      const saved = { ...key, roles: refs(changes.roleIds, key.roles) };
      external.set(id, saved);
      return saved;
    },

    async removeExternalKey(id) {
      if (!external.delete(id)) refuse('This external key was removed.');
    },

    async exportKeys({ ids }) {
      for (const id of ids ?? []) find(id);
    },
    readSettings: async () => settings,
    async saveSettings(next) {
      settings = next;
      return settings;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    async redeem(url) {
      const id = links.get(url);
      const key = id === undefined ? undefined : keys.get(id);
      if (!key?.link || !hasOpenLink(key, now())) return false;
      links.delete(url);
      put({ ...key, link: { ...key.link, state: 'redeemed', redeemedAt: now().toISOString() } });
      return true;
    },
  };
}

function matches(
  key: ApiKey,
  { search, filters }: KeyQuery,
  roles: readonly RoleOption[],
  now: Date,
): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  return (
    (key.name.toLocaleLowerCase().includes(wanted) ||
      key.key.toLocaleLowerCase().includes(wanted)) &&
    (filters.status === null || key.status === filters.status) &&
    (filters.alert === null || key.alert === filters.alert) &&
    (filters.attention === null || attentionOf(key, roles, now).includes(filters.attention)) &&
    (filters.role === null || key.roles.some((role) => role.id === filters.role))
  );
}

function compare(a: ApiKey, b: ApiKey, { sort }: KeyQuery): number {
  const [left, right] = [a[sort.column], b[sort.column]];
  if (left === right) return a.id < b.id ? -1 : 1;
  const way = sort.order === 'asc' ? 1 : -1;
  // What was never used is the least recently used.
  if (left === null || right === null)
    return way * (Number(left !== null) - Number(right !== null));
  return way * left.localeCompare(right, 'en', { sensitivity: 'base' });
}
