import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenStore } from '../../src/store/index.ts';
import { makeDatabase, type Engine, type TestDatabase } from '../databases.ts';
import { liveHistories } from './histories.ts';
import { storedText } from './stored-text.ts';

const given = (name: string) => {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : Number(value);
};

/** How many random histories to live on each engine; `test:model` lives thousands. */
const histories = given('MODEL_HISTORIES') ?? 150;
/** The seed that a failure named, to live its histories again. */
const seed = given('MODEL_SEED');
/** How many steps a history has at the most. */
const length = 40;
/** A generous share of time for each history, in milliseconds. */
const patience = 2000;

/** From how many histories on every answer below has surely been met: a run that tried less proves less. */
const many = 1000;
const answers = [
  'complete OK',
  'complete NO_PENDING_RENEWAL',
  'delete OK',
  'edit OK',
  'edit STALE',
  'edit FORBIDDEN',
  'edit VALIDATION_FAILED',
  'editGrant OK',
  'editMember LAST_OWNER',
  'editMember FORBIDDEN',
  'editRole FORBIDDEN',
  'generate OK',
  'generate FORBIDDEN',
  'grant OK',
  'grant NOT_FOUND',
  'grant EXTERNAL_KEY_EXISTS',
  'grant OWN_KEY',
  'list OK',
  'redeem OK',
  'redeem LINK_GONE',
  'removeGrant OK',
  'removeMember LAST_OWNER',
  'renew OK',
  'renew FORBIDDEN',
  'renew RENEWAL_LINK_OPEN',
  'renew RENEWAL_PENDING',
  'reschedule OK',
  'undo OK',
  'undo NO_PENDING_RENEWAL',
  'verify VALID',
  'verify INVALID_CREDENTIALS',
  'verify INACTIVE',
  'verify EXPIRED',
  'verify INSUFFICIENT_PERMISSIONS',
  'withdraw OK',
  'withdraw NO_OPEN_LINK',
  'at once complete OK',
  'at once delete OK',
  'at once edit STALE',
  'at once redeem OK',
  'at once redeem LINK_GONE',
  'at once renew OK',
  'at once renew RENEWAL_LINK_OPEN',
  'at once undo OK',
];

/** Lives random histories on an engine, each in accounts of its own in one database. */
export function describeHistories(engine: Engine): void {
  describe(`on ${engine}, whatever happens in whatever order`, () => {
    let database: TestDatabase;
    let opened: OpenStore;
    const secrets: string[] = [];

    beforeAll(async () => {
      database = await makeDatabase(engine);
      opened = await database.open();
    });
    afterAll(() => database.remove());

    it(
      'every rule of the domain holds after every step',
      async () => {
        const lived = await liveHistories(opened.store, { histories, length, seed, secrets });
        expect(lived.histories).toBe(histories);
        const counted = `${String(lived.histories)} histories, ${String(lived.steps)} steps`;
        process.stdout.write(`${engine}: ${counted}\n`);
        const untried = answers.filter((answer) => !lived.answers.has(answer));
        expect(histories < many ? [] : untried).toEqual([]);
      },
      60_000 + histories * patience,
    );

    it(
      'no token and no link token stands in the database in the clear',
      async () => {
        const known = new Set(secrets);
        expect(known.size).toBeGreaterThan(0);
        let rows = 0;
        for await (const text of storedText(opened.kysely, engine)) {
          rows += 1;
          const found = text.match(/[0-9A-Za-z_]{43,}/g)?.some((word) => known.has(word));
          expect(found ?? false, 'a secret in the clear').toBe(false);
        }
        expect(rows).toBeGreaterThan(histories);
      },
      60_000 + histories * patience,
    );
  });
}
