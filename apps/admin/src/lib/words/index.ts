import { createContext, useContext } from 'react';
import type { Locale } from '@latchkey/ui/messages';
import type { Words } from './en.ts';

export type { Words };

const loaders = {
  en: async () => (await import('./en.ts')).en,
  pt: async () => (await import('./pt.ts')).pt,
  es: async () => (await import('./es.ts')).es,
} as const satisfies Record<Locale, () => Promise<Words>>;

/** Loads the SPA's own words in one language; the design system brings its own. */
export function loadWords(locale: Locale): Promise<Words> {
  return loaders[locale]();
}

const Context = createContext<Words | null>(null);

export const WordsProvider = Context;

/** The SPA's own words in the person's language. */
export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error('useWords needs a <WordsProvider> above it.');
  return words;
}
