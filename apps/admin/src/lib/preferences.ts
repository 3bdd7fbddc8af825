import { resolveLocale } from '@latchkey/ui/messages';
import type { Locale } from '@latchkey/ui/messages';
import type { Theme } from '@latchkey/ui/provider';

export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** What each language calls itself, so that whoever cannot read the present one finds theirs. */
export const languages = {
  en: 'English',
  pt: 'Português',
  es: 'Español',
} as const satisfies Record<Locale, string>;

export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
}

const places = { locale: 'latchkey.locale', theme: 'latchkey.theme', account: 'latchkey.account' };

function read(place: keyof typeof places): string | null {
  try {
    return localStorage.getItem(places[place]);
  } catch {
    // A browser that keeps nothing works all the same.
    return null;
  }
}

function write(place: keyof typeof places, value: string) {
  try {
    localStorage.setItem(places[place], value);
  } catch {
    // See above.
  }
}

/** What the person chose here before; else their browser's language, and the system's light or dark. */
export function readPreferences(): Preferences {
  const chosen = read('locale');
  const theme = read('theme');
  return {
    locale: resolveLocale(chosen === null ? navigator.languages : [chosen]),
    theme: themes.find((known) => known === theme) ?? 'system',
  };
}

export function keepPreferences({ locale, theme }: Preferences) {
  write('locale', locale);
  write('theme', theme);
}

/**
 * The language with the person's country where the browser knows one, for dates and numbers: `en-GB`.
 *
 * @param wanted language tags by preference, such as `navigator.languages`
 */
export function regionalTag(locale: Locale, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === locale) ?? locale;
}

/** Tells the page itself, outside of what React draws: its scrollbars and what is behind everything. */
export function applyPreferences({ locale, theme }: Preferences) {
  document.documentElement.lang = locale;
  document.documentElement.dataset['theme'] = theme;
}

/** The account that was looked at last, by its slug. */
export const readLastAccount = () => read('account');
export const keepLastAccount = (slug: string) => write('account', slug);
