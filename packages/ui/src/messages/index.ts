import type { Messages } from './en.ts';

export type { Messages };
export { en } from './en.ts';

/** The languages that are shipped. */
export const locales = ['en', 'pt', 'es'] as const;
export type Locale = (typeof locales)[number];

const loaders = {
  en: async () => (await import('./en.ts')).en,
  pt: async () => (await import('./pt.ts')).pt,
  es: async () => (await import('./es.ts')).es,
} as const satisfies Record<Locale, () => Promise<Messages>>;

/**
 * The shipped language that fits a person best; English when none does.
 *
 * @param wanted language tags by preference, such as `navigator.languages`
 */
export function resolveLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    const found = locales.find((locale) => locale === language);
    if (found) return found;
  }
  return 'en';
}

/** Loads the words of one language, so that the others are never sent to the reader. */
export function loadMessages(locale: Locale): Promise<Messages> {
  return loaders[locale]();
}

type Overrides<T> = {
  readonly [K in keyof T]?: T[K] extends (...args: never[]) => unknown
    ? T[K]
    : T[K] extends string
      ? string
      : Overrides<T[K]>;
};

/** A language with some of its words replaced, group by group. */
export function extendMessages(base: Messages, overrides: Overrides<Messages>): Messages {
  const others: Readonly<Record<string, object | undefined>> = overrides;
  const groups = Object.entries(base).map(([group, words]) => [
    group,
    { ...words, ...others[group] },
  ]);
  return Object.fromEntries(groups) as Messages;
}
