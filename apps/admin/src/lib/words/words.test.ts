import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';

/** Every word by its path; functions are asked with telling arguments. */
function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const at = `${path}/${name}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') {
      const say = value as (...args: readonly string[]) => string;
      return [[at, say('«1»', '«2»')]];
    }
    return flat(value as object, at);
  });
}

describe.each([
  ['pt', pt],
  ['es', es],
] as const)('%s', (_, words) => {
  const translated = new Map(flat(words));

  it('has a word for each English one, and says nothing empty', () => {
    const missing = flat(en).filter(([path]) => !translated.get(path));
    expect(missing).toEqual([]);
  });

  it('names everything that the English names', () => {
    const named = flat(en).filter(([, word]) => word.includes('«1»'));
    const forgotten = named.filter(([path]) => !translated.get(path)?.includes('«1»'));
    expect(forgotten).toEqual([]);
  });

  it('tells every failure itself, since the API speaks English', () => {
    for (const code of ['FORBIDDEN', 'ROLE_IN_USE', 'LAST_OWNER', 'SLUG_TAKEN'] as const) {
      expect(words.failures[code]).toBeTruthy();
    }
  });
});
