import type { Account } from '@latchkey/core';
import { sql } from 'kysely';
import type { OpenStore } from '../src/store/index.ts';

const words = ['billing', 'payments', 'search', 'export', 'nightly', 'partner', 'mobile', 'ci'];
const day = 24 * 60 * 60 * 1000;

const word = (index: ReturnType<typeof sql>) =>
  sql`case (${index}) % 8 ${sql.join(
    words.map((name, place) => sql`when ${sql.lit(place)} then ${sql.lit(name)}`),
    sql` `,
  )} end`;

/**
 * Fills an account with keys, fast: each with a current token, one in ten inactive, their creation spread over the last 400 days, every
 * second one used, one in twenty long ago, and one in fifty with an expiry around now. Each of the roles is on its share of the keys. The account had none before.
 *
 * @param roles ids of the account's roles; the role at place n is on every key whose number 10^n divides.
 */
export async function seedKeys(
  { kysely, engine }: Pick<OpenStore, 'kysely' | 'engine'>,
  account: Account,
  count: number,
  roles: readonly string[],
  now: Date,
): Promise<void> {
  const sqlite = engine === 'sqlite';
  const series = sqlite
    ? sql`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(count)}) select i from n) as series`
    : sql`generate_series(1, ${sql.lit(count)}) as series(i)`;
  const i = sql`series.i`;
  const hex = sqlite ? sql`printf('%012x', ${i})` : sql`lpad(to_hex(${i}), 12, '0')`;
  // The last twelve digits of the account's id keep the keys of accounts apart.
  const id = sql`${`${account.id.slice(-12, -4)}-0000-7000-8000-`} || ${hex}`;
  const identifier = sql`${`lk-${account.slug}-`} || upper(substr(${hex}, 5))`;
  const name = sql`${word(sql`${i} * 7`)} || ' ' || ${word(sql`${i} / 8`)} || ' ' || ${i}`;
  const created = sql`${sql.lit(now.getTime())} - cast(${i} % 400 as bigint) * ${sql.lit(day)}`;
  const months = (number: number) => sql`${created} + ${sql.lit(number * 30 * day)}`;
  await kysely.transaction().execute(async (db) => {
    await sql`
      insert into issued_identifier (identifier, account_id)
      select ${identifier}, ${account.id} from ${series}
    `.execute(db);
    await sql`
      insert into api_key (
        account_id, id, identifier, name, sort_name, search_text, status, created_at, last_used_at, expires_at,
        three_months_old_at, six_months_old_at, nine_months_old_at, version${sqlite ? sql`, search_row` : sql``}
      )
      select ${account.id}, ${id}, ${identifier}, ${name}, ${name},
        ${name} || ${'\n'} || lower(${identifier}),
        case when ${i} % 10 = 0 then 'inactive' else 'active' end, ${created},
        case
          when ${i} % 20 = 0 then ${sql.lit(now.getTime() - 100 * day)} - ${i}
          when ${i} % 2 = 0 then ${sql.lit(now.getTime())} - ${i}
          else 0
        end,
        case when ${i} % 50 = 7 then ${sql.lit(now.getTime())} + (cast(${i} % 40 as bigint) - 10) * ${sql.lit(day)} end,
        ${months(3)}, ${months(6)}, ${months(9)}, 1${
          sqlite
            ? sql`, (select number * 4294967296 from account where id = ${account.id}) + ${i}`
            : sql``
        }
      from ${series}
    `.execute(db);
    await sql`
      insert into api_token (account_id, id, key_id, hash, slot, created_at, delivered_at)
      select account_id, 'token-' || id, id, 'hash-' || id, 'current', created_at, created_at
      from api_key where account_id = ${account.id}
    `.execute(db);
    for (const [place, roleId] of roles.entries()) {
      await sql`
        insert into api_key_role (account_id, key_id, role_id)
        select ${account.id}, ${id}, ${roleId} from ${series}
        where ${i} % ${sql.lit(10 ** place)} = 0
      `.execute(db);
    }
  });
  await (
    sqlite ? sql`insert into key_search (key_search) values ('optimize')` : sql`vacuum analyze`
  ).execute(kysely);
}
