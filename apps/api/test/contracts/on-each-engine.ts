import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenStore } from '../../src/store/index.ts';
import { engines, makeDatabase, type Engine, type TestDatabase } from '../databases.ts';

/** What a contract's tests run on. */
export interface Contract extends OpenStore {
  database: TestDatabase;
}

/**
 * Describes a port's contract, once for each engine, each on a database of its own.
 *
 * @param tests take the open store lazily: it is opened when they run.
 */
export function onEachEngine(
  title: string,
  tests: (contract: () => Contract, engine: Engine) => void,
) {
  describe.each(engines)(`${title}, on %s`, (engine) => {
    let contract: Contract | undefined;
    beforeAll(async () => {
      const database = await makeDatabase(engine);
      contract = { database, ...(await database.open()) };
    });
    afterAll(() => contract?.database.remove());
    tests(() => {
      if (!contract) throw new Error('The store is opened when the tests run.');
      return contract;
    }, engine);
  });
}
