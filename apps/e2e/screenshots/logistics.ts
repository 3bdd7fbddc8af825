import { accountOf, redeem } from '../src/account.ts';
import type { Account, Key } from '../src/account.ts';
import { age, withDatabase } from '../src/database.ts';
import type { Latchkey } from '../src/latchkey.ts';
import { signIn } from '../src/session.ts';
import type { Credentials } from '../src/session.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A key used so long ago, with so many calls on a working day. */
interface Use {
  readonly before: number;
  readonly calls: number;
}

/** Fills an account with the keys of a shop's logistics, as they may stand after a year. */
export async function fillAccount(
  latchkey: Pick<Latchkey, 'url'> & { readonly database: string },
  slug: string,
  name: string,
  owner: Credentials,
): Promise<Readonly<Record<'scanner' | 'report', Key>>> {
  const account = accountOf(latchkey, await signIn(latchkey, owner), slug, name);
  const base = `/v1/accounts/${slug}`;
  const orders = await account.role(
    'Order reader',
    ['orders.list', 'orders.read'],
    'Reads orders and what is in them.',
  );
  const stock = await account.role(
    'Stock keeper',
    ['stock.read', 'stock.write'],
    'Reads the stock and corrects it.',
  );
  const invoices = await account.role(
    'Invoicing',
    ['invoices.create', 'invoices.read'],
    'Writes invoices.',
  );
  const made = async (
    keyName: string,
    days: number,
    input: Parameters<Account['key']>[1],
    use?: Use,
  ) => {
    const { key } = await account.deliveredKey(keyName, input);
    age(latchkey.database, key, days);
    if (use) noteUse(latchkey.database, key, use);
    return key;
  };

  await made('Price comparison', 410, { roles: [orders] }, { before: 130 * day, calls: 0 });
  const report = await made(
    'Monthly report',
    245,
    { roles: [orders, invoices] },
    { before: 11 * day, calls: 3 },
  );
  const tracking = await made('Parcel tracking', 180, { roles: [orders] });
  await made('Web shop', 118, { roles: [orders, stock] }, { before: 2 * minute, calls: 5200 });
  const expiresAt = new Date(Date.now() + 9 * day).toISOString();
  await made(
    'Marketplace trial',
    21,
    { roles: [orders], expiresAt },
    { before: 3 * 60 * minute, calls: 90 },
  );
  const scanner = await made(
    'Warehouse scanner',
    40,
    { roles: [orders, stock] },
    { before: 4 * minute, calls: 1800 },
  );
  await made('Tax adviser', 6, { roles: [invoices] });
  await account.key('Loja de São Paulo', { roles: [orders] });

  const { link } = await account.renew(tracking);
  await redeem(link.url, latchkey.url);
  noteUse(latchkey.database, tracking, { before: 26 * minute, calls: 640 });
  const { items } = await account.owner.ask<{ items: Key[] }>('GET', `${base}/keys?search=price`);
  await account.owner.ask('POST', `${base}/keys/${items[0]?.id ?? ''}/deactivate`);
  return { scanner, report };
}

/** Writes down that a key's present token was used, which only time could. */
function noteUse(file: string, { id }: Key, { before, calls }: Use): void {
  const now = Date.now();
  withDatabase(file, (database) => {
    const at = now - before;
    database.prepare('update api_key set last_used_at = ? where id = ?').run(at, id);
    database.prepare('update api_token set last_used_at = ? where key_id = ?').run(at, id);
    const note = database.prepare(
      `insert into usage_day (account_id, key_id, day, token_id, count)
         select account_id, key_id, ?, id, ? from api_token where key_id = ? and slot = 'current'`,
    );
    for (let back = Math.ceil(before / day); back < 30; back += 1) {
      const date = new Date(now - back * day);
      const isWorkday = date.getUTCDay() % 6 !== 0;
      // Never the same twice, and always the same picture.
      const share = (isWorkday ? 0.8 : 0.25) + 0.2 * Math.sin(back * 2.4);
      note.run(date.toISOString().slice(0, 10), Math.max(1, Math.round(calls * share)), id);
    }
  });
}
