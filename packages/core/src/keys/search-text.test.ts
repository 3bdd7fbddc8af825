import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchText } from './search-text.ts';

const finds = (search: string, name: string) => searchText(name).includes(searchText(search));

describe('a search', () => {
  it.each([
    ['jose', 'Café do José'],
    ['JOSÉ', 'Café do Jose'],
    ['cafe do', 'CAFÉ DO JOSÉ'],
    ['acao', 'Integração'],
    ['STRASSE', 'Hauptstraße 5'],
    ['straße', 'HAUPTSTRASSE 5'],
    ['οδος', 'ΟΔΟΣΑ'],
    ['ΟΔΟΣ', 'οδός'],
    ['istanbul', 'İSTANBUL'],
    ['office', 'oﬃce'],
    ['１２３', 'Key 123'],
    ['склад', 'СКЛАД Москва'],
    ['倉庫', '東京倉庫キー'],
    ['lk-acme-8f3k', 'lk-acme-8F3K2M9Q'],
    ['100%', '100% sure'],
    ['a_b', 'A_B'],
  ])('for %s finds %s', (search, name) => {
    expect(finds(search, name)).toBe(true);
  });

  it.each([
    ['joseph', 'José'],
    ['a_b', 'axb'],
    ['100%', '100 sure'],
  ])('for %s does not find %s', (search, name) => {
    expect(finds(search, name)).toBe(false);
  });

  it('finds whatever stands in a name of Latin, Greek or Cyrillic letters, in whatever case it is typed', () => {
    const letters = fc.string({
      unit: fc
        .oneof(
          fc.integer({ min: 0x20, max: 0x24f }),
          fc.integer({ min: 0x391, max: 0x3c9 }),
          fc.integer({ min: 0x400, max: 0x45f }),
        )
        .map((code) => String.fromCodePoint(code)),
    });
    fc.assert(
      fc.property(letters, letters, letters, (before, typed, after) => {
        const name = before + typed + after;
        expect(finds(typed, name)).toBe(true);
        expect(finds(typed.toUpperCase(), name)).toBe(true);
        expect(finds(typed, name.toUpperCase())).toBe(true);
        expect(finds(typed.normalize('NFD'), name.normalize('NFC'))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
