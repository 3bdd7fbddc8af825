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

  it('counts the age that something had already when it was read', async () => {
    const { cache, load, pass } = makeCache();
    await load('a', { ...yes('a'), age: 4000 });
    pass(999);
    expect(cache.get('a')?.value).toBe('a');
    pass(1);
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

  /** A reading that ends when it is told to. */
  function makeSlowReading() {
    let finish = (_reading: Reading<string>): void => undefined;
    const read = () => new Promise<Reading<string>>((resolve) => (finish = resolve));
    return { read, finish: (reading: Reading<string>) => finish(reading) };
  }

  it.each([
    ['of its subject', (cache: FreshCache<string>) => cache.dropSubject('key')],
    ['that a test names', (cache: FreshCache<string>) => cache.dropWhere(({ id }) => id === 'a')],
    ['of anything', (cache: FreshCache<string>) => cache.dropAll()],
  ])(
    'keeps nothing that was read during a change %s, and gives it to no later asker',
    async (_what, change) => {
      const { cache } = makeCache();
      const slow = makeSlowReading();
      const before = cache.load('a', slow.read);
      change(cache);
      const after = cache.load('a', () => Promise.resolve(yes('new')));
      slow.finish(yes('old'));
      expect((await before).value).toBe('old');
      expect((await after).value).toBe('new');
      expect(cache.get('a')?.value).toBe('new');
    },
  );

  it('keeps what was read while others changed, once for all who asked, however many changes came in', async () => {
    const { cache } = makeCache();
    const slow = makeSlowReading();
    const asked = [cache.load('a', slow.read)];
    for (let change = 0; change < 1000; change += 1) {
      cache.dropSubject(`another ${String(change)}`);
      cache.dropWhere(({ id }) => id === 'b');
      asked.push(cache.load('a', () => Promise.reject(new Error('read twice'))));
    }
    slow.finish(yes('a'));
    expect(new Set((await Promise.all(asked)).map(({ value }) => value))).toEqual(new Set(['a']));
    expect(cache.get('a')?.value).toBe('a');
  });

  it('looks back to a change that an older reading was begun after', async () => {
    const { cache } = makeCache();
    const older = makeSlowReading();
    const newer = makeSlowReading();
    const first = cache.load('a', older.read);
    cache.dropSubject('one');
    const second = cache.load('b', newer.read);
    newer.finish(yes('b', 'one'));
    expect((await second).live).toBe(true);
    older.finish(yes('a', 'one'));
    expect((await first).live).toBe(false);
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

  it('looks over a few values at the most to make room, even when all are used', () => {
    let looks = 0;
    const value = {
      get used() {
        looks += 1;
        return true;
      },
      set used(_used: boolean) {},
    };
    const map = new BoundedMap<{ used: boolean }>(10_000);
    for (let id = 0; id < 10_000; id += 1) map.set(String(id), value);
    map.set('new', { used: false });
    expect(map.size).toBe(10_000);
    expect(map.get('new')).toBeDefined();
    expect(looks).toBeLessThan(20);
  });
});
