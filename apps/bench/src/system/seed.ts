import type { OpenStore } from '@latchkey/api/store';
import { sql } from 'kysely';

/** What a seeded database holds. */
export interface Seeded {
  accountId: string;
  roleId: string;
}

/** A moment long before any run, so that the keys have ages. */
const start = Date.UTC(2026, 0, 1);
const day = 24 * 60 * 60 * 1000;

/** The hash under which the token of the n-th key is stored. */
export const hashOf = (n: number) => `hash-${String(n)}`;

/** The name of the n-th key, as it is sorted. */
export const sortNameOf = (n: number) => `order import ${String(n).padStart(8, '0')}`;

/** The id of the n-th key. */
export const idOf = (n: number) => `seed-${String(n).padStart(8, '0')}`;

/** Makes an account with a role. */
export async function seedAccount({ store, kysely }: OpenStore): Promise<Seeded> {
  const seeded = { accountId: 'seed-account', roleId: 'seed-role' };
  await store.accounts.add({
    id: seeded.accountId,
    slug: 'seeded',
    name: 'Seeded',
    renewalPeriodMonths: 3,
    createdAt: new Date(start),
  });
  await kysely
    .insertInto('role')
    .values({
      account_id: seeded.accountId,
      id: seeded.roleId,
      name: 'Order reader',
      folded_name: 'order reader',
      description: '',
      permissions: '["orders.read"]',
      predefined: null,
      created_at: start,
    })
    .execute();
  return seeded;
}

/** Adds keys from number `first` to `last` by bulk statements, each with a token and a role. One in ten is inactive, one in a thousand is a `Needle`. */
export async function seedKeys(
  { kysely, engine }: OpenStore,
  { accountId, roleId }: Seeded,
  first: number,
  last: number,
): Promise<void> {
  const numbers =
    engine === 'sqlite'
      ? sql`(with recursive s (n) as (select ${sql.lit(first)} union all select n + 1 from s where n < ${sql.lit(last)}) select n from s) s`
      : sql`generate_series(${sql.lit(first)}::bigint, ${sql.lit(last)}::bigint) as s (n)`;
  const padded = engine === 'sqlite' ? sql`printf('%08d', n)` : sql`lpad(n::text, 8, '0')`;
  const name = sql`case when n % 1000 = 0 then 'needle ' else 'order import ' end || ${padded}`;
  const identifier = sql`'lk-seeded-' || ${padded}`;
  const searchRow =
    engine === 'sqlite'
      ? sql`(select number * 4294967296 from account where id = ${accountId}) + n`
      : sql`null::bigint`;
  const age = sql`${sql.lit(start)} + (n % 300) * ${sql.lit(day)}`;
  await sql`
    insert into api_key (
      search_row, account_id, id, identifier, name, sort_name, search_text, status, created_at,
      last_used_at, three_months_old_at, six_months_old_at, nine_months_old_at, version
    )
    select ${searchRow}, ${accountId}, 'seed-' || ${padded}, ${identifier}, ${name}, ${name},
      ${name} || ${sql.lit('\n')} || ${identifier},
      case when n % 10 = 0 then 'inactive' else 'active' end, ${age}, 0,
      ${age} + ${sql.lit(90 * day)}, ${age} + ${sql.lit(181 * day)}, ${age} + ${sql.lit(273 * day)}, 1
    from ${numbers}
  `.execute(kysely);
  await sql`
    insert into api_token (account_id, id, key_id, hash, slot, created_at)
    select ${accountId}, 'token-' || ${padded}, 'seed-' || ${padded}, 'hash-' || n, 'current', ${age}
    from ${numbers}
  `.execute(kysely);
  await sql`
    insert into api_key_role (account_id, key_id, role_id)
    select ${accountId}, 'seed-' || ${padded}, ${roleId} from ${numbers}
  `.execute(kysely);
  await sql.raw('analyze').execute(kysely);
}
