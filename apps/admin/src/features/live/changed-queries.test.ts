import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { changedQueries } from './changed-queries.ts';
import type { ChangedThing } from './follow-account.ts';

/** The keys of the queries that a change makes stale. */
async function stale(thing: ChangedThing): Promise<string[]> {
  const client = new QueryClient();
  for (const queryKey of [
    ['accounts'],
    ['account', 'acme', 'keys', 'list', {}],
    ['account', 'acme', 'keys', 'one', 'k1'],
    ['account', 'acme', 'keys', 'one', 'k2'],
    ['account', 'acme', 'keys', 'usage', 'k1'],
    ['account', 'acme', 'members'],
    ['account', 'other', 'keys', 'list', {}],
  ]) {
    client.setQueryData(queryKey, {});
  }
  await client.invalidateQueries(changedQueries('acme', thing));
  return client
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => queryKey.map(String).join(' ').replace(' [object Object]', ''));
}

it('asks anew for the lists of keys and for the key that changed, and for no other', async () => {
  expect(await stale({ noun: 'keys', id: 'k1' })).toEqual([
    'account acme keys list',
    'account acme keys one k1',
    'account acme keys usage k1',
  ]);
});

it('asks anew for every key when any may have changed', async () => {
  expect(await stale({ noun: 'keys', id: null })).toHaveLength(4);
});

it('asks anew for what the person may do, and for nothing else, when that changed', async () => {
  expect(await stale({ noun: 'account', id: null })).toEqual(['accounts']);
});
