import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { DirectionProvider } from 'radix-ui/direction';
import type { Messages } from '../messages/en.ts';
import { en } from '../messages/en.ts';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';

export type Theme = 'light' | 'dark' | 'system';
export type Density = 'comfortable' | 'compact';
export type Direction = 'ltr' | 'rtl';

/** The attributes that carry theme, density and language to an element and all within it. */
export interface RootAttributes {
  readonly 'data-lk-root': '';
  readonly 'data-theme': Theme | undefined;
  readonly 'data-density': Density | undefined;
  readonly 'data-contrast': 'more' | undefined;
  readonly dir: Direction | undefined;
  readonly lang: string;
}

interface Latchkey {
  readonly locale: string;
  readonly messages: Messages;
  readonly format: Format;
  readonly now: () => Date;
  /** Undefined for the browser's own. */
  readonly timeZone: string | undefined;
  readonly rootAttributes: RootAttributes;
}

const systemClock = () => new Date();

const Context = createContext<Latchkey | null>(null);

function createLatchkey(props: Omit<LatchkeyProviderProps, 'children'>): Latchkey {
  const locale = props.locale ?? 'en';
  const now = props.now ?? systemClock;
  return {
    locale,
    messages: props.messages ?? en,
    format: createFormat(locale, now, props.timeZone),
    now,
    timeZone: props.timeZone,
    rootAttributes: {
      'data-lk-root': '',
      'data-theme': props.theme,
      'data-density': props.density,
      'data-contrast': props.contrast,
      dir: props.dir,
      lang: locale,
    },
  };
}

const withoutProvider = createLatchkey({});

export interface LatchkeyProviderProps {
  readonly children: ReactNode;
  /** The language tag for dates, numbers and the `lang` attribute; English when absent. */
  readonly locale?: string | undefined;
  /** Every visible word; see `@latchkey/ui/messages`. English when absent. */
  readonly messages?: Messages | undefined;
  /** The clock, so that ages and "3 days ago" can be told from another moment. */
  readonly now?: (() => Date) | undefined;
  /** The time zone in which dates are shown and chosen; the browser's when absent. */
  readonly timeZone?: string | undefined;
  /** Without it, the nearest ancestor with `data-theme` decides, or else the page's `color-scheme`. */
  readonly theme?: Theme | undefined;
  readonly density?: Density | undefined;
  /** `more` for high contrast; the system's wish is followed in any case. */
  readonly contrast?: 'more' | undefined;
  readonly dir?: Direction | undefined;
}

/**
 * Gives the components their language, clock and looks, also where they render outside of it (menus
 * and dialogs). Use one around the application, or around what you embed.
 *
 * @example
 * <LatchkeyProvider locale="pt-BR" messages={pt} theme="system">
 *   <ApiKeys source={source} />
 * </LatchkeyProvider>
 */
export function LatchkeyProvider({ children, ...props }: LatchkeyProviderProps) {
  const { locale, messages, now, timeZone, theme, density, contrast, dir } = props;
  const value = useMemo(
    () => createLatchkey({ locale, messages, now, timeZone, theme, density, contrast, dir }),
    [locale, messages, now, timeZone, theme, density, contrast, dir],
  );
  return (
    <Context value={value}>
      <DirectionProvider dir={dir ?? 'ltr'}>
        <div {...value.rootAttributes} style={{ display: 'contents' }}>
          {children}
        </div>
      </DirectionProvider>
    </Context>
  );
}

/** The language, words, formats and clock of the nearest provider; English and now without one. */
export function useLatchkey(): Latchkey {
  return useContext(Context) ?? withoutProvider;
}
