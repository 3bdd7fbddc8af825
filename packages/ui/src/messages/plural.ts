/** Picks the form of a word for a number and writes the number in the language's own way. */
export function plurals(locale: string) {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count: number, one: string, other: string): string =>
    (rules.select(count) === 'one' ? one : other).replace('#', numbers.format(count));
}
