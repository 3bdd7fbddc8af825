import { expect, it } from 'vitest';
import { later, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the idempotency records', (contract) => {
  it('gives a key to exactly one of many, on any node', async () => {
    const { idempotency, database } = contract();
    const other = await database.open();
    const [scope, key] = [newId(), newId()];
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? idempotency : other.idempotency).claim(scope, key, 'print', start),
      ),
    );
    expect(claims.filter(({ state }) => state === 'new')).toHaveLength(1);
    expect(claims.filter(({ state }) => state === 'running')).toHaveLength(39);
  });

  it('gives the response back once the request is done, with what was asked', async () => {
    const { idempotency } = contract();
    const [scope, key] = [newId(), newId()];
    await idempotency.claim(scope, key, 'print', start);
    expect(await idempotency.claim(scope, key, 'other print', start)).toEqual({
      state: 'running',
      fingerprint: 'print',
    });
    const response = new Uint8Array([0, 255, 7]);
    await idempotency.complete(scope, key, response);
    expect(await idempotency.claim(scope, key, 'other print', start)).toEqual({
      state: 'done',
      fingerprint: 'print',
      response,
    });
    expect(await idempotency.claim(newId(), key, 'print', start)).toEqual({ state: 'new' });
  });

  it('gives a forgotten key out again', async () => {
    const { idempotency } = contract();
    const [scope, key] = [newId(), newId()];
    await idempotency.claim(scope, key, 'print', start);
    await idempotency.forget(scope, key);
    expect(await idempotency.claim(scope, key, 'print', start)).toEqual({ state: 'new' });
  });

  it('erases what is older than a time', async () => {
    const { idempotency } = contract();
    await idempotency.eraseOlderThan(later(1_000_000));
    const scope = newId();
    await idempotency.claim(scope, 'old', 'print', start);
    await idempotency.claim(scope, 'new', 'print', later(1));
    expect(await idempotency.eraseOlderThan(later(1))).toBe(1);
    expect((await idempotency.claim(scope, 'old', 'print', start)).state).toBe('new');
    expect((await idempotency.claim(scope, 'new', 'print', start)).state).toBe('running');
  });
});
