import {
  expirySoon,
  expiryState,
  idleAfter,
  renewalAlert,
  searchText,
  usageState,
  type Account,
  type ApiKey,
  type KeyQuery,
  type Role,
} from '@latchkey/core';
import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import {
  addAccount,
  addKey,
  addRole,
  later,
  makeKey,
  makeToken,
  newId,
  renewed,
  start,
} from './fixtures.ts';
import { listKeys } from '../../src/store/repositories/key-list.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = new Date('2027-02-28T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

const query = (account: Account, given: Partial<KeyQuery> = {}): KeyQuery => ({
  accountId: account.id,
  renewalPeriodMonths: 3,
  now,
  sort: 'name',
  order: 'asc',
  limit: 100,
  ...given,
});

onEachEngine('the list of keys', (contract, engine) => {
  const list = async (account: Account, given: Partial<KeyQuery> = {}) => {
    const page = await contract().store.keys.list(query(account, given));
    if (!page) throw new Error('The cursor was refused.');
    return page;
  };
  const names = async (account: Account, given: Partial<KeyQuery> = {}) =>
    (await list(account, given)).items.map((key) => key.name);

  /** Every page of a list, one after the other. */
  const readAll = async (account: Account, given: Partial<KeyQuery>) => {
    const seen: ApiKey[] = [];
    let { cursor } = given;
    do {
      const page = await list(account, { ...given, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return seen;
  };

  it('gives whole keys, and their number whatever the page', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const role = await addRole(store, account);
    const keys = [
      await addKey(store, account, { name: 'A', roleIds: [role.id] }),
      await addKey(store, account, { ...renewed(makeKey(account)), name: 'B' }),
      await addKey(store, account, { name: 'C', link: null, status: 'inactive' }),
    ];
    expect(await list(account)).toEqual({ items: keys, nextCursor: null, total: 3 });
    const page = await list(account, { limit: 2 });
    expect(page).toMatchObject({ items: keys.slice(0, 2), total: 3 });
    expect(await list(account, { limit: 2, cursor: page.nextCursor ?? '' })).toEqual({
      items: keys.slice(2),
      nextCursor: null,
      total: 3,
    });
    expect(await list(await addAccount(store))).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  it('sorts by name without regard to case and accents', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    for (const name of ['zoo', 'Élan', 'eager', 'Zebra', 'ábaco', 'Abacus', 'Ωmega', '日本']) {
      await addKey(store, account, { name });
    }
    const sorted = ['ábaco', 'Abacus', 'eager', 'Élan', 'Zebra', 'zoo', 'Ωmega', '日本'];
    expect(await names(account)).toEqual(sorted);
    expect(await names(account, { order: 'desc' })).toEqual(sorted.toReversed());
  });

  it('sorts by creation, status and last use, the never used as the least recently used', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    await addKey(store, account, { name: 'a', createdAt: later(3), lastUsedAt: later(10) });
    await addKey(store, account, { name: 'b', createdAt: later(1), status: 'inactive' });
    await addKey(store, account, { name: 'c', createdAt: later(2), lastUsedAt: later(9) });
    await addKey(store, account, { name: 'd', createdAt: later(4) });
    const sorted = (given: Partial<KeyQuery>) => names(account, given).then((all) => all.join(''));
    expect(await sorted({ sort: 'createdAt' })).toBe('bcad');
    expect(await sorted({ sort: 'createdAt', order: 'desc' })).toBe('dacb');
    expect(await sorted({ sort: 'lastUsedAt' })).toBe('bdca');
    expect(await sorted({ sort: 'lastUsedAt', order: 'desc' })).toBe('acdb');
    expect(await sorted({ sort: 'status' })).toBe('acdb');
    expect(await sorted({ sort: 'status', order: 'desc' })).toBe('bdca');
  });

  it('finds a part of the name or the identifier, whatever the case and accents', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account, { name: 'Faturação do José' });
    await addKey(store, account, { name: 'Other' });
    const found = [key.name];
    for (const search of ['FATURACAO', 'ação', 'josé', 'jo', 'ão', key.key, key.key.slice(-5)]) {
      expect(await names(account, { search: search.toLowerCase() })).toEqual(found);
      expect((await list(account, { search: search.toUpperCase() })).total).toBe(1);
    }
    // The name's end and the identifier's beginning are not one text.
    expect(await names(account, { search: 'josélk-' })).toEqual([]);
    expect(await names(account, { search: '' })).toHaveLength(2);
    await store.keys.save({ ...key, name: 'Rechnungen' });
    expect(await names(account, { search: 'faturacao' })).toEqual([]);
    expect(await names(account, { search: 'chnung' })).toEqual(['Rechnungen']);
    await store.keys.remove(account.id, key.id);
    expect(await list(account, { search: 'chnung' })).toMatchObject({ items: [], total: 0 });
  });

  it('takes wildcards, quotes and operators of a search for what they are', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const all = ['100% done', '100 done', 'a_b', 'axb', `O'Neil "the" \\ 1`, 'a* OR b', '(near)'];
    for (const name of all) await addKey(store, account, { name });
    const expected: [string, string[]][] = [
      ['%', ['100% done']],
      ['100% d', ['100% done']],
      ['a_b', ['a_b']],
      ['_', ['a_b']],
      ["o'neil", [`O'Neil "the" \\ 1`]],
      ['"the"', [`O'Neil "the" \\ 1`]],
      ['"', [`O'Neil "the" \\ 1`]],
      ['\\', [`O'Neil "the" \\ 1`]],
      ['" \\ ', [`O'Neil "the" \\ 1`]],
      ['a* or', ['a* OR b']],
      ['or b', ['a* OR b']],
      ['(near', ['(near)']],
      ['axb or', []],
      ['-a_b', []],
      ['\0', []],
      ['100\0', []],
    ];
    for (const [search, found] of expected) {
      const page = await list(account, { search });
      expect([search, page.items.map((key) => key.name)]).toEqual([search, found]);
      expect(page.total).toBe(found.length);
    }
  });

  it('searches in any script, by whole characters', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    for (const name of ['日本語の鍵', '한국어 열쇠', '😀😁😂 keys', 'ключ']) {
      await addKey(store, account, { name });
    }
    for (const [search, name] of [
      ['本語', '日本語の鍵'],
      ['本語の', '日本語の鍵'],
      ['국어 열', '한국어 열쇠'],
      ['😁😂', '😀😁😂 keys'],
      ['😀😁😂', '😀😁😂 keys'],
      ['КЛЮЧ', 'ключ'],
    ] as const) {
      expect(await names(account, { search })).toEqual([name]);
    }
  });

  it('shows no account the keys of another, whatever the filter', async () => {
    const { store } = contract();
    const [account, other] = [await addAccount(store), await addAccount(store)];
    const role = await addRole(store, account);
    const key = await addKey(store, account, { name: 'Shared name', roleIds: [role.id] });
    await addKey(store, other, { name: 'Shared name' });
    for (const given of [{ search: 'shared' }, { search: 's' }, { status: 'active' }] as const) {
      const page = await list(other, given);
      expect(page.total).toBe(1);
      expect(page.items[0]?.accountId).toBe(other.id);
    }
    expect(await list(other, { search: key.key })).toMatchObject({ items: [], total: 0 });
    expect(await list(other, { roleId: role.id })).toMatchObject({ items: [], total: 0 });
  });

  it('stays right while rows come and go between the pages', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const keys: ApiKey[] = [];
    for (let index = 10; index < 30; index += 1) {
      keys.push(await addKey(store, account, { name: `Key ${String(index)}` }));
    }
    const first = await list(account, { limit: 8 });
    // Gone: one of the first page, the row that the cursor stands on, and one that is still to come.
    for (const index of [2, 7, 12]) await store.keys.remove(account.id, keys[index]?.id ?? '');
    // New: before and after the cursor.
    await addKey(store, account, { name: 'Key 11b' });
    const added = await addKey(store, account, { name: 'Key 25b' });
    const rest = await readAll(account, { limit: 3, cursor: first.nextCursor ?? '' });
    const expected = [...keys.filter((_, index) => index >= 8 && index !== 12), added].map(
      (key) => key.name,
    );
    const restNames: string[] = rest.map((key) => key.name);
    expect(restNames).not.toContain('Key 11b');
    expect(restNames.toSorted()).toEqual(expected.toSorted());
    expect(new Set(restNames).size).toBe(restNames.length);
  });

  it('refuses a cursor that this list did not give out', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    for (const name of ['a', 'b', 'c']) await addKey(store, account, { name });
    const { nextCursor } = await list(account, { limit: 1 });
    const cursor = nextCursor ?? '';
    const refused = (given: Partial<KeyQuery>) => store.keys.list(query(account, given));
    expect(await refused({ cursor, order: 'desc' })).toBeUndefined();
    expect(await refused({ cursor, sort: 'createdAt' })).toBeUndefined();
    expect(await refused({ cursor: `x${cursor}` })).toBeUndefined();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const forged of [
      '',
      'x',
      '%',
      encode(null),
      encode(['keys by name asc']),
      encode(['keys by name asc', 1, 2]),
      encode(['keys by name asc', 'a', null]),
      encode(['keys by name asc', 'a\0', 'b']),
      encode(['keys by name asc', 'a', 'b', 'c']),
    ]) {
      expect(await refused({ cursor: forged })).toBeUndefined();
    }
  });

  it('judges each key’s alert as the rule does, to the millisecond, for both periods', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const times = [
      '2026-02-28T12:00:00.000Z',
      '2026-05-28T12:00:00.000Z',
      '2026-05-28T12:00:00.001Z',
      '2026-08-28T11:59:59.999Z',
      '2026-08-28T12:00:00.000Z',
      '2026-08-28T12:00:00.001Z',
      '2026-08-31T10:00:00.000Z',
      '2026-11-28T12:00:00.000Z',
      '2026-11-28T12:00:00.001Z',
      '2026-11-30T11:00:00.000Z',
      '2026-11-30T12:00:00.001Z',
      '2027-02-28T12:00:00.000Z',
    ];
    const keys: ApiKey[] = [];
    for (const time of times) {
      const currentToken = makeToken({ createdAt: new Date(time) });
      keys.push(await addKey(store, account, { name: time, currentToken, link: null }));
    }
    const pending = renewed(makeKey(account, { name: 'pending' }));
    keys.push(await addKey(store, account, pending));
    for (const renewalPeriodMonths of [3, 6] as const) {
      for (const alert of ['none', 'due', 'overdue'] as const) {
        const page = await list(account, { alert, renewalPeriodMonths });
        const expected = keys.filter(
          (key) => renewalAlert(key, renewalPeriodMonths, now) === alert,
        );
        expect(page.items.map((key) => key.name).toSorted()).toEqual(
          expected.map((key) => key.name).toSorted(),
        );
        expect(page.total).toBe(expected.length);
      }
    }
  });

  it('judges each key’s use and expiry as the rules do, to the millisecond', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
    const keys: ApiKey[] = [];
    for (const used of [0, -idleAfter + 1, -idleAfter, -idleAfter - 1, -2 * idleAfter]) {
      const name = `used ${String(used)}`;
      keys.push(await addKey(store, account, { name, lastUsedAt: at(used) }));
    }
    for (const left of [-1, 0, 1, expirySoon - 1, expirySoon, expirySoon + 1]) {
      const name = `expires ${String(left)}`;
      keys.push(await addKey(store, account, { name, expiresAt: at(left) }));
    }
    const check = async (given: Partial<KeyQuery>, isMeant: (key: ApiKey) => boolean) => {
      const expected = keys.filter(isMeant).map((key) => key.name);
      expect((await names(account, given)).toSorted()).toEqual(expected.toSorted());
      expect(await store.keys.count(query(account, given))).toBe(expected.length);
    };
    for (const usage of ['idle', 'never'] as const) {
      await check({ usage }, (key) => usageState(key, now) === usage);
    }
    for (const expiry of ['soon', 'expired'] as const) {
      await check({ expiry }, (key) => expiryState(key, now) === expiry);
    }
  });

  it('finds the keys of any of several roles, each once', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const [a, b, c] = [
      await addRole(store, account),
      await addRole(store, account),
      await addRole(store, account),
    ];
    await addKey(store, account, { name: 'ab', roleIds: [a.id, b.id] });
    await addKey(store, account, { name: 'b', roleIds: [b.id] });
    await addKey(store, account, { name: 'c', roleIds: [c.id] });
    await addKey(store, account, { name: 'none' });
    for (const [anyRoleOf, found] of [
      [
        [a.id, b.id],
        ['ab', 'b'],
      ],
      [[c.id, newId()], ['c']],
      [[], []],
    ] as const) {
      expect(await names(account, { anyRoleOf })).toEqual(found);
      expect(await store.keys.count(query(account, { anyRoleOf }))).toBe(found.length);
    }
  });

  it('names the keys that expire next and those with the oldest tokens, of no other account', async () => {
    const { store } = contract();
    const [account, other] = [await addAccount(store), await addAccount(store)];
    for (const minutes of [30, 10, 20, 40]) {
      const currentToken = makeToken({ createdAt: later(-minutes) });
      const given = { name: String(minutes), expiresAt: later(minutes), currentToken, link: null };
      await addKey(store, account, given);
      await addKey(store, other, { expiresAt: later(minutes) });
    }
    const expiring = await store.keys.listExpiring(account.id, later(10), later(30), 5);
    expect(expiring.map((key) => key.name)).toEqual(['20', '30']);
    expect(await store.keys.listExpiring(account.id, later(0), later(30), 1)).toMatchObject([
      { name: '10' },
    ]);
    const oldest = await store.keys.listOldest(account.id, now, 2);
    expect(oldest.map((key) => key.name)).toEqual(['40', '30']);
    const then = new Date('2026-06-30T09:25:00.123Z');
    expect(await store.keys.listOldest(account.id, then, 5)).toMatchObject([{ name: '40' }]);
  });

  it('counts keys by status as they come, change and go', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const key = await addKey(store, account);
    await addKey(store, account, { status: 'inactive' });
    await store.keys.save({ ...key, status: 'inactive' });
    const totals = async () => [
      (await list(account)).total,
      (await list(account, { status: 'active' })).total,
      (await list(account, { status: 'inactive' })).total,
    ];
    expect(await totals()).toEqual([2, 0, 2]);
    await store.keys.save({ ...key, status: 'active' });
    expect(await totals()).toEqual([2, 1, 1]);
    await store.keys.remove(account.id, key.id);
    expect(await totals()).toEqual([1, 0, 1]);
  });

  it('takes a name whose compatibility form is very long', async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const name = '\u{FDFA}'.repeat(100);
    const key = await addKey(store, account, { name });
    expect(await store.keys.find(account.id, key.id)).toEqual(key);
    expect(await names(account, { search: name })).toEqual([name]);
  });

  /** Random keys, and every list of them against a list made by hand. */
  const lists = {
    account: undefined as Account | undefined,
    roles: [] as Role[],
    keys: [] as ApiKey[],
  };
  beforeAll(async () => {
    const { store } = contract();
    const account = await addAccount(store);
    const roles = [await addRole(store, account), await addRole(store, account)];
    const words = ['Bill', 'bíll', 'Pay', '100%', 'a_c', 'Zed', 'x', 'ÄÖÜ', 'bil', 'pay"'];
    const pick = <T>(items: readonly T[], seed: number) => items[seed % items.length] as T;
    const lastUseOf = (seed: number) => {
      if (seed % 4 === 0) return null;
      return seed % 4 === 1 ? new Date(now.getTime() - (seed % 11) * day) : later(seed % 11);
    };
    const keys = Array.from({ length: 120 }, (_, index) => {
      const seed = (index * 7919) % 997;
      const createdAt = new Date(start.getTime() + (seed % 40) * 8 * 24 * 60 * 60 * 1000);
      return makeKey(account, {
        name: `${pick(words, seed)} ${pick(words, seed >> 2)}`,
        status: seed % 3 === 0 ? 'inactive' : 'active',
        createdAt,
        lastUsedAt: lastUseOf(seed),
        expiresAt: seed % 5 === 0 ? new Date(now.getTime() + ((seed % 37) - 12) * day) : null,
        roleIds: roles.filter((_role, place) => ((seed >> place) & 1) === 1).map(({ id }) => id),
        currentToken: makeToken({ createdAt }),
        link: null,
      });
    });
    await store.transaction(async (repositories) => {
      for (const key of keys) await repositories.keys.add(key);
    });
    Object.assign(lists, { account, roles, keys });
  });

  const position = (key: ApiKey, sort: KeyQuery['sort']): (string | number)[] => {
    switch (sort) {
      case 'name':
        return [searchText(key.name), key.id];
      case 'createdAt':
        return [key.createdAt.getTime(), key.id];
      case 'lastUsedAt':
        return [key.lastUsedAt?.getTime() ?? 0, key.id];
      case 'status':
        return [key.status, searchText(key.name), key.id];
    }
  };
  const byBytes = (a: string | number, b: string | number) =>
    typeof a === 'string' && typeof b === 'string'
      ? Buffer.compare(Buffer.from(a), Buffer.from(b))
      : Number(a) - Number(b);
  const compare = (a: readonly (string | number)[], b: readonly (string | number)[]) =>
    a.map((value, place) => byBytes(value, b[place] ?? '')).find((order) => order !== 0) ?? 0;

  it('agrees with a list made by hand for any search, filter, sort, order and page size', async () => {
    const { account, roles, keys } = lists;
    if (!account) throw new Error('The keys are made before.');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          search: fc.constantFrom(
            undefined,
            'bil',
            'BÍLL p',
            'b',
            '%',
            '_',
            'pay" ',
            'lk-acme',
            'q',
          ),
          status: fc.constantFrom(undefined, 'active', 'inactive'),
          roleId: fc.constantFrom(undefined, roles[0]?.id, roles[1]?.id, newId()),
          anyRoleOf: fc.constantFrom(
            undefined,
            [],
            roles.map(({ id }) => id),
            roles.slice(1).map(({ id }) => id),
          ),
          alert: fc.constantFrom(undefined, 'none', 'due', 'overdue'),
          usage: fc.constantFrom(undefined, undefined, 'idle', 'never'),
          expiry: fc.constantFrom(undefined, undefined, 'soon', 'expired'),
          renewalPeriodMonths: fc.constantFrom(3, 6),
          sort: fc.constantFrom('name', 'createdAt', 'lastUsedAt', 'status'),
          order: fc.constantFrom('asc', 'desc'),
          limit: fc.constantFrom(7, 50, 100),
        }),
        async (given) => {
          const { search, status, roleId, anyRoleOf, alert, usage, expiry, sort, order } = given;
          const period = given.renewalPeriodMonths;
          const text = searchText(search ?? '');
          const expected = keys
            .filter(
              (key) =>
                (searchText(key.name).includes(text) || searchText(key.key).includes(text)) &&
                (status === undefined || key.status === status) &&
                (roleId === undefined || key.roleIds.includes(roleId)) &&
                (anyRoleOf === undefined || anyRoleOf.some((id) => key.roleIds.includes(id))) &&
                (alert === undefined || renewalAlert(key, period, now) === alert) &&
                (usage === undefined || usageState(key, now) === usage) &&
                (expiry === undefined || expiryState(key, now) === expiry),
            )
            .toSorted((a, b) => compare(position(a, sort), position(b, sort)));
          if (order === 'desc') expected.reverse();
          const ids = expected.map((key) => key.id);
          expect((await readAll(account, given)).map((key) => key.id)).toEqual(ids);
          // As it is read when the matches are too many to be sorted.
          const { kysely: db } = contract();
          const page = await listKeys(
            { engine, db, inTransaction: false },
            query(account, given),
            0,
          );
          expect(page?.items.map((key) => key.id)).toEqual(ids.slice(0, given.limit));
          expect(page?.total).toBe(ids.length);
        },
      ),
      { numRuns: engine === 'sqlite' ? 300 : 120 },
    );
  });
});
