import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';
import { FreshCache, type Reading } from './fresh-cache.ts';

const yes = (value: string, subject = 'key'): Reading<string> => ({
  value,
  positive: true,
  subject,
});
const no = (value: string): Reading<string> => ({ value, positive: false, subject: null });

function makeCache(staleness = 5000) {
  let time = 0;
  const cache = new FreshCache<string>({ positive: 3, negative: 2, staleness }, () => time);
  return {
    cache,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    now: () => time,
    load: (id: string, reading = yes(id)) => cache.load(id, () => Promise.resolve(reading)),
  };
}

describe('a fresh cache', () => {
  it('serves what was read within the bound, with nobody to confirm it', async () => {
    const { cache, load, pass } = makeCache();
    await load('a');
    pass(4999);
    expect(cache.get('a')?.value).toBe('a');
    pass(1);
    expect(cache.get('a')).toBeUndefined();
  });

  it('serves it for as long as the stream of changes is confirmed, and the bound longer', async () => {
    const { cache, load, now, pass } = makeCache();
    await load('a');
    for (let minute = 0; minute < 10; minute += 1) {
      pass(60_000);
      cache.confirm(now());
    }
    pass(4999);
    expect(cache.get('a')?.value).toBe('a');
    pass(1);
    expect(cache.get('a')).toBeUndefined();
  });

  it('takes no confirmation of an earlier moment for a later one', async () => {
    const { cache, load, now, pass } = makeCache();
    await load('a');
    cache.confirm(now());
    pass(5000);
    cache.confirm(0);
    expect(cache.get('a')).toBeUndefined();
  });

  it('serves nothing with a bound of zero', async () => {
    const { cache, load } = makeCache(0);
    await load('a');
    expect(cache.get('a')).toBeUndefined();
  });

  it('ends every entry about a subject, and leaves the others', async () => {
    const { cache, load } = makeCache();
    await load('a', yes('a', 'one'));
    await load('b', yes('b', 'one'));
    await load('c', yes('c', 'two'));
    const held = cache.get('a');
    cache.dropSubject('one');
    expect(held && cache.isFresh(held)).toBe(false);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, undefined]);
    expect(cache.get('c')?.value).toBe('c');
  });

  it('keeps nothing that was read while a change came in, and lets no later asker wait for it', async () => {
    const { cache } = makeCache();
    let finish = (_reading: ReturnType<typeof yes>): void => undefined;
    const before = cache.load('a', () => new Promise((resolve) => (finish = resolve)));
    cache.dropSubject('key');
    const after = cache.load('a', () => Promise.resolve(yes('new')));
    finish(yes('old'));
    expect((await before).value).toBe('old');
    expect((await after).value).toBe('new');
    expect(cache.get('a')?.value).toBe('new');
  });

  it('reads once for all who ask at the same time, and again after a reading that failed', async () => {
    const { cache } = makeCache();
    let readings = 0;
    const read = () => {
      readings += 1;
      return Promise.resolve(yes('a'));
    };
    await Promise.all([cache.load('a', read), cache.load('a', read)]);
    expect(readings).toBe(1);
    await expect(cache.load('b', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect((await cache.load('b', read)).value).toBe('a');
  });

  it('drives no yes out for any number of noes', async () => {
    const { cache, load } = makeCache();
    await load('a');
    for (let flood = 0; flood < 1000; flood += 1) await load(`wrong ${String(flood)}`, no('no'));
    expect(cache.get('a')?.value).toBe('a');
    expect(cache.size).toEqual({ positive: 1, negative: 2 });
  });

  it('ends an entry that made room', async () => {
    const { cache, load } = makeCache();
    const first = await load('a');
    for (const id of ['b', 'c', 'd']) await load(id);
    expect(cache.isFresh(first)).toBe(false);
    expect(cache.size.positive).toBe(3);
  });

  it('replaces a no by a yes under the same id', async () => {
    const { cache, load } = makeCache();
    await load('a', no('a'));
    await load('a', yes('a'));
    expect(cache.get('a')?.positive).toBe(true);
    expect(cache.size).toEqual({ positive: 1, negative: 0 });
  });
});

describe('a bounded map', () => {
  it('keeps what is used and lets the rest make room', () => {
    const map = new BoundedMap<{ used: boolean }>(2);
    map.set('used', { used: true });
    map.set('unused', { used: false });
    map.set('new', { used: false });
    expect(map.get('used')).toBeDefined();
    expect(map.get('unused')).toBeUndefined();
    expect(map.size).toBe(2);
  });
});
