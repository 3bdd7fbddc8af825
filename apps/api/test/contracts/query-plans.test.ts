import { keySorts, type Account, type KeyFilter, type KeyQuery } from '@latchkey/core';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database, Tables } from '../../src/store/database.ts';
import { parseDatabaseUrl } from '../../src/store/database-url.ts';
import { poolOptions } from '../../src/store/engines/postgresql.ts';
import { SharedSqliteDialect } from '../../src/store/engines/sqlite.ts';
import { makeRepositories } from '../../src/store/repositories/index.ts';
import { listKeys } from '../../src/store/repositories/key-list.ts';
import { seedKeys } from '../seed-keys.ts';
import { addAccount, addRole, later, makeEvent, newId } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = new Date('2027-02-28T12:00:00.000Z');

/** One connection, that reads values as the store's own do. */
function makePool(url: string): Pool {
  const { onPoolCreated, ...options } = poolOptions(url);
  const types = new TypeOverrides();
  const pool = new Pool({ ...options, types, max: 1 });
  onPoolCreated({ options: { types }, on: (event, listener) => pool.on(event, listener) });
  return pool;
}

onEachEngine('every query', (contract, engine) => {
  const asked: CompiledQuery[] = [];
  let watched: Kysely<Tables> | undefined;
  let database: Database | undefined;
  let account: Account | undefined;
  let roles: string[] = [];

  beforeAll(async () => {
    const opened = contract();
    const location = parseDatabaseUrl(opened.database.url);
    watched = new Kysely<Tables>({
      dialect:
        location.engine === 'sqlite'
          ? new SharedSqliteDialect(location.path)
          : new PostgresDialect({ pool: makePool(location.url) }),
      log({ query }) {
        asked.push(query);
      },
    });
    database = { engine, db: watched, inTransaction: false };
    for (const owner of [await addAccount(opened.store), await addAccount(opened.store)]) {
      account = owner;
      roles = [];
      for (let index = 0; index < 3; index += 1) {
        roles.push((await addRole(opened.store, owner)).id);
      }
      await seedKeys(opened, owner, 10_000, roles, now);
    }
  });
  afterAll(() => watched?.destroy());

  const given = () => {
    if (!database || !account) throw new Error('The keys are made before.');
    return { database, account, repositories: makeRepositories(database) };
  };

  /** The plans of all queries that were asked meanwhile, each as the engine tells it. */
  const explain = async (ask: () => Promise<unknown>): Promise<string[]> => {
    const { db } = given().database;
    asked.length = 0;
    await ask();
    const queries = asked.filter((query) => /^\s*(\/\*.*\*\/\s*)?(select|with)/i.test(query.sql));
    expect(queries.length).toBeGreaterThan(0);
    if (engine === 'postgresql') {
      // With tables this small PostgreSQL may well read one whole; the question is whether it must.
      await db.executeQuery(CompiledQuery.raw('set enable_seqscan = off'));
    }
    return Promise.all(
      queries.map(async (query) => {
        const { rows } = await db.executeQuery<Record<string, unknown>>(
          CompiledQuery.raw(
            `${engine === 'sqlite' ? 'explain query plan' : 'explain'} ${query.sql}`,
            [...query.parameters],
          ),
        );
        return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n');
      }),
    );
  };

  // To read all that an account has is to read a table whole, but for its few members.
  const readsWhole =
    engine === 'sqlite'
      ? /^SCAN (?!found|s VIRTUAL TABLE)|^SEARCH (api_\w+|r|link|external_key_role) .*\(account_id=\?\)/m
      : /Seq Scan/;
  const sorts =
    engine === 'sqlite' ? /TEMP B-TREE FOR .*ORDER BY/ : /^\s*(->\s+)?(Incremental )?Sort/m;

  const narrowings: [string, Partial<KeyQuery>][] = [
    ['all', {}],
    ['a status', { status: 'inactive' }],
    ['a search', { search: 'billing' }],
    ['a short search', { search: 'ci' }],
    ['a search and a status', { search: 'lk-', status: 'active' }],
    ['an alert', { alert: 'due' }],
    ['an alert and a status', { alert: 'overdue', status: 'inactive' }],
    ['the idle', { usage: 'idle' }],
    ['the never used of a status', { usage: 'never', status: 'active' }],
  ];
  const cases = narrowings.flatMap(([title, narrowing]) =>
    keySorts.flatMap((sort) =>
      (['asc', 'desc'] as const).map((order) => ({ title, sort, order, narrowing })),
    ),
  );

  it.each(cases)('lists $title by $sort $order by an index', async ({ sort, order, narrowing }) => {
    const { database: watchedDatabase, account: owner } = given();
    const query: KeyQuery = {
      ...narrowing,
      accountId: owner.id,
      renewalPeriodMonths: 3,
      now,
      sort,
      order,
      limit: 25,
    };
    const first = await listKeys(watchedDatabase, query);
    const page = { ...query, cursor: first?.nextCursor ?? undefined };
    for (const plan of await explain(() => listKeys(watchedDatabase, page))) {
      expect(plan).not.toMatch(readsWhole);
    }
    // Of many matches, the page is read in order and nothing is sorted.
    const inOrder = await explain(() => listKeys(watchedDatabase, page, 0));
    for (const plan of inOrder) expect(plan).not.toMatch(readsWhole);
    const pagePlan = inOrder.find((plan) => /api_key_by_/.test(plan) && !/Aggregate/.test(plan));
    expect(pagePlan).not.toMatch(sorts);
  });

  it('lists the keys of a role by an index, however many have it', async () => {
    const { database: watchedDatabase, account: owner } = given();
    for (const roleId of roles) {
      for (const fewMatches of [0, 2_000]) {
        const query = {
          accountId: owner.id,
          renewalPeriodMonths: 3,
          now,
          limit: 25,
          roleId,
        } as const;
        const plans = await explain(() =>
          listKeys(watchedDatabase, { ...query, sort: 'name', order: 'asc' }, fewMatches),
        );
        for (const plan of plans) expect(plan).not.toMatch(readsWhole);
      }
    }
  });

  it('lists the keys of any of several roles by an index, however many have one', async () => {
    const { database: watchedDatabase, account: owner } = given();
    const query = { accountId: owner.id, renewalPeriodMonths: 3, now, limit: 25 } as const;
    for (const anyRoleOf of [[], roles.slice(1), roles]) {
      for (const fewMatches of [0, 2_000]) {
        const plans = await explain(() =>
          listKeys(
            watchedDatabase,
            { ...query, anyRoleOf, sort: 'name', order: 'asc' },
            fewMatches,
          ),
        );
        for (const plan of plans) expect(plan).not.toMatch(readsWhole);
      }
    }
  });

  it('lists the few keys that expire by an index', async () => {
    const { database: watchedDatabase, account: owner } = given();
    const query = { accountId: owner.id, renewalPeriodMonths: 3, now, limit: 25 } as const;
    for (const filter of [{ expiry: 'soon' }, { expiry: 'expired', alert: 'overdue' }] as const) {
      const plans = await explain(() =>
        listKeys(watchedDatabase, { ...query, ...filter, sort: 'name', order: 'asc' }),
      );
      for (const plan of plans) expect(plan).not.toMatch(readsWhole);
      expect(plans.filter((plan) => /api_key_by_expiry/.test(plan))).toHaveLength(2);
    }
  });

  it('counts each figure of the overview in an index, without reading a key', async () => {
    const { repositories, account: owner } = given();
    const filters: Partial<KeyFilter>[] = [
      { status: 'active' },
      { alert: 'due' },
      { alert: 'overdue' },
      { usage: 'idle' },
      { usage: 'never' },
      { expiry: 'soon' },
      { expiry: 'expired' },
      { anyRoleOf: roles },
    ];
    for (const filter of filters) {
      const plans = await explain(() =>
        repositories.keys.count({ ...filter, accountId: owner.id, renewalPeriodMonths: 3, now }),
      );
      for (const plan of plans) {
        expect(plan).not.toMatch(readsWhole);
        const inIndex =
          engine === 'sqlite' ? /COVERING INDEX|SEARCH key_count/ : /Index Only Scan|key_count/;
        expect([filter, plan]).toEqual([filter, expect.stringMatching(inIndex)]);
      }
    }
  });

  it('finds the keys to look after first by an index, without sorting', async () => {
    const { repositories, account: owner } = given();
    const until = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000);
    for (const ask of [
      () => repositories.keys.listExpiring(owner.id, now, until, 3),
      () => repositories.keys.listOldest(owner.id, now, 3),
    ]) {
      for (const plan of await explain(ask)) {
        expect(plan).not.toMatch(readsWhole);
        expect(plan).not.toMatch(sorts);
      }
    }
  });

  it('looks credentials, keys, links and grants up by an index', async () => {
    const { repositories, account: owner } = given();
    const key = (
      await repositories.keys.list({
        accountId: owner.id,
        renewalPeriodMonths: 3,
        now,
        sort: 'name',
        order: 'asc',
        limit: 1,
      })
    )?.items[0];
    const hash = key?.currentToken.hash ?? '';
    for (const ask of [
      () => repositories.credentials.find([hash, newId()]),
      () => repositories.credentials.find([hash], owner.slug),
      () => repositories.keys.find(owner.id, key?.id ?? ''),
      () => repositories.keys.listDueCompletions(now, 10),
      () => repositories.links.findByHash([newId(), newId()]),
      () => repositories.externalKeys.findOwnersKey(key?.key ?? ''),
      () => repositories.externalKeys.list(owner.id),
      () => repositories.externalKeys.walk(owner.id)[Symbol.asyncIterator]().next(),
      () => repositories.externalKeys.keyIds(owner.id)[Symbol.asyncIterator]().next(),
      () => repositories.accounts.findBySlug(owner.slug),
      () => repositories.accounts.listForPerson(newId()),
      () => repositories.members.list(owner.id),
      () => repositories.members.findByInvitation([newId()]),
      () => repositories.members.countOwners(owner.id),
      () => repositories.roles.list(owner.id),
      () => repositories.roles.findMany(owner.id, roles),
      () => repositories.roles.isUsed(owner.id, newId()),
      () => repositories.roles.countUsers(owner.id, newId()),
    ]) {
      for (const plan of await explain(ask)) expect(plan).not.toMatch(readsWhole);
    }
  });

  it('finds the webhooks that something is due for by an index of those alone, without sorting', async () => {
    const { repositories } = given();
    for (const busy of [[], [newId(), newId()]]) {
      const plans = await explain(() => repositories.webhooks.claim(now, 60_000, 20, busy));
      for (const plan of plans) {
        expect(plan).toMatch(/webhook_due/);
        expect(plan).not.toMatch(readsWhole);
        expect(plan).not.toMatch(sorts);
      }
    }
  });

  it('lists audit events by an index, newest first without sorting', async () => {
    const { repositories, account: owner } = given();
    const actor = { kind: 'member', id: newId(), name: 'ana@example.com' } as const;
    const keyId = newId();
    await contract().store.transaction(async ({ audit }) => {
      let head = await audit.head(owner.id);
      for (let count = 0; count < 300; count += 1) {
        head = makeEvent(owner, head, {
          at: later(count),
          ...(count % 9 === 0 && { actor, keyId }),
        });
        await audit.append(head as Parameters<typeof audit.append>[0]);
      }
    });
    for (const narrowing of [
      {},
      { keyId },
      { actor: actor.id },
      { actor: 'ana' },
      { action: 'key.edited' as const },
    ]) {
      const plans = await explain(() =>
        repositories.audit.list({ accountId: owner.id, limit: 10, ...narrowing }),
      );
      for (const plan of plans) {
        expect(plan).not.toMatch(readsWhole);
        expect(plan).not.toMatch(sorts);
      }
    }
  });
});
