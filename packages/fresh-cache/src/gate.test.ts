import { describe, expect, it } from 'vitest';
import { CrowdedError, Gate } from './gate.ts';

/** Work that ends when it is told to. */
function makeWork() {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => async () => {
    started.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
    return name;
  };
  return { started, work, endOne: () => ends.shift()?.() };
}

describe('a gate', () => {
  it('lets so many through at once, the others in turn, and turns away whom it has no room for', async () => {
    const gate = new Gate({ running: 2, waiting: 1 });
    const { started, work, endOne } = makeWork();
    const all = ['a', 'b', 'c'].map((name) => gate.pass(work(name)));
    await expect(gate.pass(work('d'))).rejects.toBeInstanceOf(CrowdedError);
    expect(started).toEqual(['a', 'b']);
    endOne();
    expect(await all[0]).toBe('a');
    await Promise.resolve();
    expect(started).toEqual(['a', 'b', 'c']);
    endOne();
    endOne();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });

  it('goes on after work that failed', async () => {
    const gate = new Gate({ running: 1, waiting: 1 });
    const failing = gate.pass(() => Promise.reject(new Error('down')));
    const next = gate.pass(() => Promise.resolve('up'));
    await expect(failing).rejects.toThrow('down');
    expect(await next).toBe('up');
    expect(await gate.pass(() => Promise.resolve('again'))).toBe('again');
  });
});
