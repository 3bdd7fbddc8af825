import { locales } from '@latchkey/ui/messages';
import { Card, RadioGroup } from '@latchkey/ui';
import { languages, themes } from '../../lib/preferences.ts';
import { usePreferences } from '../../lib/Preferences.tsx';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';

/** In which language and light the person works in this browser. */
export function PreferencesCard() {
  const words = useWords().preferences;
  const { locale, theme, change } = usePreferences();
  return (
    <Card className={styles.wide} title={words.title} description={words.text}>
      <RadioGroup
        label={words.language}
        value={locale}
        onValueChange={(next) => void change({ locale: next })}
        options={locales.map((value) => ({ value, label: languages[value] }))}
      />
      <RadioGroup
        label={words.theme}
        value={theme}
        onValueChange={(next) => void change({ theme: next })}
        options={themes.map((value) => ({ value, label: words.themes[value] }))}
      />
    </Card>
  );
}
