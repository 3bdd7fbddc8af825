/**
 * What a search compares: without case, without accents, in compatibility form, so that `jose` finds `José`, `STRASSE` finds
 * `Straße` and `ﬁ` finds `fi`. Stored beside the name and applied to what is searched for.
 */
export function searchText(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, '')
      // By way of upper case, which spells `ß` out; and one sigma, whose form depends on its place in the word.
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
  );
}
