import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { loadMessages } from '@latchkey/ui/messages';
import type { Messages } from '@latchkey/ui/messages';
import { LatchkeyProvider } from '@latchkey/ui/provider';
import { applyPreferences, keepPreferences, regionalTag } from './preferences.ts';
import type { Preferences } from './preferences.ts';
import { loadWords, WordsProvider } from './words/index.ts';
import type { Words } from './words/index.ts';

/** Preferences with the words that they need. */
export interface Loaded extends Preferences {
  readonly messages: Messages;
  readonly words: Words;
}

export async function loadPreferences(preferences: Preferences): Promise<Loaded> {
  const { locale } = preferences;
  const [messages, words] = await Promise.all([loadMessages(locale), loadWords(locale)]);
  return { ...preferences, messages, words };
}

interface Changing extends Preferences {
  /** Applies and keeps what was changed; a language once its words are here. */
  change(changes: Partial<Preferences>): Promise<void>;
}

const Context = createContext<Changing | null>(null);

/** The person's language and theme, and how to change them. */
export function usePreferences(): Changing {
  const preferences = useContext(Context);
  if (!preferences) throw new Error('usePreferences needs a <PreferencesProvider> above it.');
  return preferences;
}

/** Gives the application its language and its looks. */
export function PreferencesProvider(props: {
  readonly initial: Loaded;
  readonly children: ReactNode;
}) {
  const [loaded, setLoaded] = useState(props.initial);
  const { locale, theme, messages, words } = loaded;
  const changing = useMemo(
    (): Changing => ({
      locale,
      theme,
      async change(changes) {
        const next = await loadPreferences({ locale, theme, ...changes });
        keepPreferences(next);
        applyPreferences(next);
        setLoaded(next);
      },
    }),
    [locale, theme],
  );
  return (
    <Context value={changing}>
      <WordsProvider value={words}>
        <LatchkeyProvider
          locale={regionalTag(locale, navigator.languages)}
          messages={messages}
          theme={theme}
        >
          {props.children}
        </LatchkeyProvider>
      </WordsProvider>
    </Context>
  );
}
