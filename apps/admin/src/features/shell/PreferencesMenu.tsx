import { Languages, Moon, Sun, SunMoon } from 'lucide-react';
import { locales } from '@latchkey/ui/messages';
import type { Theme } from '@latchkey/ui/provider';
import { Button, IconButton, Menu } from '@latchkey/ui';
import { languages, themes } from '../../lib/preferences.ts';
import { usePreferences } from '../../lib/Preferences.tsx';
import { useWords } from '../../lib/words/index.ts';
import styles from './Shell.module.css';

const icons = { system: SunMoon, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;

/** Language, and light or dark. */
export function PreferencesMenu() {
  const { locale, theme, change } = usePreferences();
  const words = useWords().preferences;
  const Icon = icons[theme];
  return (
    <div className={styles.preferences}>
      <Menu
        align="start"
        trigger={
          <Button
            variant="ghost"
            size="sm"
            icon={<Languages size={16} aria-hidden />}
            aria-label={`${words.language}: ${languages[locale]}`}
          >
            {languages[locale]}
          </Button>
        }
        items={locales.map((id) => ({ id, label: languages[id] }))}
        onAction={(next) => void change({ locale: next })}
      />
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={`${words.theme}: ${words.themes[theme]}`}
            icon={<Icon size={16} aria-hidden />}
          />
        }
        items={themes.map((id) => {
          const ItemIcon = icons[id];
          return { id, label: words.themes[id], icon: <ItemIcon size={16} aria-hidden /> };
        })}
        onAction={(next) => void change({ theme: next })}
      />
    </div>
  );
}
