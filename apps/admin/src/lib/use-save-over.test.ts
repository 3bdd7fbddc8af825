import { expect, it, vi } from 'vitest';
import { ToldError } from './failure.ts';
import { makeSaveOver } from './use-save-over.ts';
import { en } from './words/en.ts';

const stale = new ToldError({ code: 'STALE', detail: '', fields: [] }, en);
const seen = { id: 'k1', etag: 'first' };

it('puts a change over another one when it is saved again, and not before', async () => {
  const saveOver = makeSaveOver();
  const send = vi.fn<(ifMatch: string) => Promise<string>>(async (ifMatch) => {
    if (ifMatch === 'first') throw stale;
    return 'saved';
  });
  const save = () => saveOver(seen, send, async () => [{ ...seen, etag: 'second' }]);
  await expect(save()).rejects.toBe(stale);
  expect(send.mock.calls).toEqual([['first']]);
  expect(await save()).toBe('saved');
  expect(send.mock.lastCall).toEqual(['second']);
});

it('looks at nothing anew when something else was wrong', async () => {
  const forbidden = new ToldError({ code: 'FORBIDDEN', detail: '', fields: [] }, en);
  const read = vi.fn<() => Promise<(typeof seen)[]>>(async () => [seen]);
  const saving = makeSaveOver()(seen, async () => Promise.reject(forbidden), read);
  await expect(saving).rejects.toBe(forbidden);
  expect(read).not.toHaveBeenCalled();
});
