import type { KeyAttention, KeyFilters, KeysSort } from '@latchkey/ui';

const statuses = ['active', 'inactive'] as const;
const alerts = ['none', 'due', 'overdue'] as const;
const attentions = ['idle', 'never', 'expiring', 'expired', 'broad'] as const;
const sorts = ['name', 'createdAt', 'lastUsedAt', 'status'] as const;
const orders = ['asc', 'desc'] as const;
const sizes = [10, 25, 50, 100] as const;

/** What the address says of the list of keys; what is absent is as usual. */
export interface KeysSearch {
  search?: string;
  status?: (typeof statuses)[number];
  /** A role, by its id. */
  role?: string;
  alert?: (typeof alerts)[number];
  /** Why a key deserves a second look. */
  attention?: (typeof attentions)[number];
  sort?: (typeof sorts)[number];
  order?: (typeof orders)[number];
  size?: (typeof sizes)[number];
  /** The number of the page, from 2 on, with the cursor that leads there. */
  page?: number;
  cursor?: string;
}

const usual = { sort: 'createdAt', order: 'desc', size: 25 } as const;

function one<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((candidate) => String(candidate) === String(value));
}

function text(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return undefined;
  }
  const written = String(value);
  return written !== '' && written.length <= longest ? written : undefined;
}

/** Reads the address; what it cannot mean is left out. */
export function readKeysSearch(raw: Record<string, unknown>): KeysSearch {
  const cursor = text(raw['cursor'], 1000);
  const page = Number(raw['page']);
  const paged = cursor !== undefined && Number.isInteger(page) && page > 1;
  return withoutUsual({
    search: text(raw['search'], 200),
    status: one(statuses, raw['status']),
    role: text(raw['role'], 64),
    alert: one(alerts, raw['alert']),
    attention: one(attentions, raw['attention']),
    sort: one(sorts, raw['sort']),
    order: one(orders, raw['order']),
    size: one(sizes, raw['size']),
    page: paged ? page : undefined,
    cursor: paged ? cursor : undefined,
  });
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/** Leaves out what is as usual, so that an address says only what is particular. */
export function withoutUsual(search: Loose<KeysSearch>): KeysSearch {
  const { sort = usual.sort, order = usual.order, size = usual.size, ...rest } = search;
  const sorted = sort === usual.sort && order === usual.order ? {} : { sort, order };
  const entries = Object.entries({ ...rest, ...sorted, ...(size === usual.size ? {} : { size }) });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}

/** The address after a change: whatever is listed then begins with its first page. */
export function changeSearch(search: KeysSearch, change: Loose<KeysSearch>): KeysSearch {
  return withoutUsual({ ...search, page: undefined, cursor: undefined, ...change });
}

export function sortOf({ sort = usual.sort, order = usual.order }: KeysSearch): KeysSort {
  return { column: sort, order };
}

export function filtersOf({ status, role, alert, attention }: KeysSearch): KeyFilters {
  return {
    status: status ?? null,
    role: role ?? null,
    alert: alert ?? null,
    attention: attention ?? null,
  };
}

export function fromFilters({ status, role, alert, attention }: KeyFilters) {
  return {
    status: status ?? undefined,
    role: role ?? undefined,
    alert: alert ?? undefined,
    attention: attention ?? undefined,
  };
}

const attentionQueries = {
  idle: { usage: 'idle' },
  never: { usage: 'never' },
  expiring: { expiry: 'soon' },
  expired: { expiry: 'expired' },
  broad: { access: 'broad' },
} as const satisfies Record<KeyAttention, unknown>;

/** What to ask the API for. */
export function queryOf(search: KeysSearch) {
  const { search: words, status, role, alert, attention, cursor } = search;
  const { column, order } = sortOf(search);
  return {
    ...(words !== undefined && { search: words }),
    ...(status !== undefined && { status }),
    ...(role !== undefined && { role }),
    ...(alert !== undefined && { alert }),
    ...(attention !== undefined && attentionQueries[attention]),
    ...(cursor !== undefined && { cursor }),
    sort: column,
    order,
    limit: search.size ?? usual.size,
  };
}

/** How many keys come before the page. */
export function offsetOf({ page = 1, size = usual.size }: KeysSearch): number {
  return (page - 1) * size;
}
