import { describe, expect, it } from 'vitest';
import { en, extendMessages, loadMessages, locales, resolveLocale } from './index.ts';

/** Every word by its path, such as `table.roles`. */
function paths(messages: object): string[] {
  return Object.entries(messages).flatMap(([group, words]) =>
    Object.keys(words as object).map((word) => `${group}.${word}`),
  );
}

describe('the messages', () => {
  it.each(locales)('of %s say everything that English says, in no empty words', async (locale) => {
    const messages = await loadMessages(locale);
    expect(paths(messages).toSorted()).toEqual(paths(en).toSorted());
    for (const words of Object.values(messages)) {
      for (const word of Object.values(words as object)) expect(word).not.toBe('');
    }
  });

  it('count in the way of each language', async () => {
    const [pt, es] = await Promise.all([loadMessages('pt'), loadMessages('es')]);
    expect([en, pt, es].map((messages) => messages.pagination.total(1))).toEqual([
      '1 key',
      '1 chave',
      '1 clave',
    ]);
    expect([en, pt, es].map((messages) => messages.pagination.total(12_345))).toEqual([
      '12,345 keys',
      '12.345 chaves',
      '12.345 claves',
    ]);
  });

  it('are chosen by the first language that is shipped', () => {
    expect(resolveLocale(['de-DE', 'pt-BR', 'es'])).toBe('pt');
    expect(resolveLocale(['es-419'])).toBe('es');
    expect(resolveLocale(['ja'])).toBe('en');
    expect(resolveLocale([])).toBe('en');
  });

  it('can be replaced one by one', () => {
    const changed = extendMessages(en, { page: { title: 'Integrations' } });
    expect(changed.page.title).toBe('Integrations');
    expect(changed.page.generate).toBe(en.page.generate);
    expect(changed.common).toEqual(en.common);
  });
});
