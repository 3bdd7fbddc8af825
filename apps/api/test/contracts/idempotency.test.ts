import { ok, refuse } from '@latchkey/core';
import { expect, it } from 'vitest';
import {
  ClaimTakenOver,
  type Claim,
  type IdempotencyRecords,
} from '../../src/contract/idempotency.ts';
import { addAccount, later, newId, start } from './fixtures.ts';
import { onEachEngine } from './on-each-engine.ts';

const prints = ['print'] as const;

async function take(
  records: IdempotencyRecords,
  place: { scope: string; key: string } = { scope: newId(), key: newId() },
  at = start,
): Promise<Claim> {
  const claimed = await records.claim(place.scope, place.key, prints, at);
  if (claimed.state !== 'new') throw new Error(`The key is ${claimed.state}.`);
  return claimed.claim;
}

onEachEngine('the idempotency records', (contract) => {
  const stateOf = async (
    { scope, keyHash }: Claim,
    at = start,
    asked: readonly [string, ...string[]] = prints,
  ) => (await contract().idempotency.claim(scope, keyHash, asked, at)).state;

  it('gives a key to exactly one of many, on any node', async () => {
    const { idempotency, database } = contract();
    const other = await database.open();
    const [scope, key] = [newId(), newId()];
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? idempotency : other.idempotency).claim(scope, key, prints, start),
      ),
    );
    expect(claims.filter(({ state }) => state === 'new')).toHaveLength(1);
    expect(claims.filter(({ state }) => state === 'running')).toHaveLength(39);
  });

  it('gives the response back once the request is done, to whoever asks the same', async () => {
    const { idempotency } = contract();
    const claim = await take(idempotency);
    expect(await stateOf(claim)).toBe('running');
    expect(await stateOf(claim, start, ['other print'])).toBe('reused');
    const response = new Uint8Array([0, 255, 7]);
    await idempotency.complete(claim, response);
    const { scope, keyHash } = claim;
    const again = await idempotency.claim(scope, keyHash, ['newer print', 'print'], later(100));
    expect(again).toEqual({ state: 'done', response });
    expect(await stateOf(claim, start, ['other print'])).toBe('reused');
    expect(await stateOf({ ...claim, scope: newId() })).toBe('new');
  });

  it('gives a forgotten key out again', async () => {
    const { idempotency } = contract();
    const claim = await take(idempotency);
    await idempotency.forget(claim);
    expect(await stateOf(claim)).toBe('new');
  });

  it('lets a key be taken over from who came to no end within a minute, by exactly one', async () => {
    const { idempotency } = contract();
    const claim = await take(idempotency);
    expect(await stateOf(claim, later(0.99))).toBe('running');
    const states = await Promise.all(Array.from({ length: 20 }, () => stateOf(claim, later(1))));
    expect(states.filter((state) => state === 'new')).toHaveLength(1);
    // Who was late takes nothing away from the other.
    await idempotency.forget(claim);
    await idempotency.complete(claim, new Uint8Array([1]));
    expect(await stateOf(claim, later(1))).toBe('running');
  });

  it('commits that it was done together with what was done, and never forgets it', async () => {
    const { idempotency } = contract();
    const claim = await take(idempotency);
    await idempotency.transactionOf(claim)(async () => Promise.resolve(ok('done')));
    await idempotency.forget(claim);
    expect(await stateOf(claim)).toBe('running');
    expect(await stateOf(claim, later(1))).toBe('lost');

    const failing = await take(idempotency);
    const failed = idempotency.transactionOf(failing)(() => Promise.reject(new Error('undone')));
    await expect(failed).rejects.toThrow('undone');
    await idempotency.forget(failing);
    expect(await stateOf(failing)).toBe('new');

    const refused = await take(idempotency);
    await idempotency.transactionOf(refused)(async () => Promise.resolve(refuse('FORBIDDEN', '')));
    await idempotency.forget(refused);
    expect(await stateOf(refused)).toBe('new');
  });

  it('rolls back what a request does after another one took its key over', async () => {
    const { idempotency, store } = contract();
    const account = await addAccount(store);
    const claim = await take(idempotency);
    const change = (held: Claim, months: 3 | 6) =>
      idempotency.transactionOf(held)(async ({ accounts }) => {
        await accounts.saveSettings({ id: account.id, renewalPeriodMonths: months });
      });
    const place = { scope: claim.scope, key: claim.keyHash };
    const second = await take(idempotency, place, later(2));
    await expect(change(claim, 6)).rejects.toThrow(ClaimTakenOver);
    expect((await store.accounts.findBySlug(account.slug))?.renewalPeriodMonths).toBe(3);
    await change(second, 6);
    expect((await store.accounts.findBySlug(account.slug))?.renewalPeriodMonths).toBe(6);
  });

  it('erases what is older than a time', async () => {
    const { idempotency } = contract();
    await idempotency.eraseOlderThan(later(1_000_000));
    const scope = newId();
    const old = await take(idempotency, { scope, key: 'old' });
    const fresh = await take(idempotency, { scope, key: 'new' }, later(1));
    expect(await idempotency.eraseOlderThan(later(1))).toBe(1);
    expect(await stateOf(old)).toBe('new');
    expect(await stateOf(fresh)).toBe('running');
  });

  it('erases of some scopes alone', async () => {
    const { idempotency } = contract();
    const scope = newId();
    const report = await take(idempotency, { scope: `reports ${scope}`, key: 'old' });
    const other = await take(idempotency, { scope, key: 'old' });
    expect(await idempotency.eraseOlderThan(later(1), 'reports ')).toBe(1);
    expect(await stateOf(report)).toBe('new');
    expect(await stateOf(other)).toBe('running');
  });
});
