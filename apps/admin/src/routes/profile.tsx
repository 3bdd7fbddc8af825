import { useSuspenseQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { locales } from '@latchkey/ui/messages';
import { Button, Card, DescriptionList, PageHeader, RadioGroup, useLatchkey } from '@latchkey/ui';
import { personQuery } from '../features/session/queries.ts';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { languages, themes } from '../lib/preferences.ts';
import { usePreferences } from '../lib/Preferences.tsx';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/profile/Profile.module.css';

/** Who the person is, in which language and light they work, and the way out. */
export function Profile() {
  const words = useWords();
  const { messages } = useLatchkey();
  usePageTitle(words.profile.title);
  const { data: person } = useSuspenseQuery(personQuery);
  const { locale, theme, change } = usePreferences();
  const signOut = useSignOut();
  return (
    <>
      <PageHeader
        title={words.profile.title}
        actions={
          <Button icon={<LogOut size={16} aria-hidden />} onClick={signOut}>
            {words.shell.signOut}
          </Button>
        }
      />
      <div className={styles.cards}>
        <Card title={words.profile.person}>
          <DescriptionList
            items={[
              { term: words.profile.name, details: <bdi>{person.name}</bdi> },
              { term: words.session.email, details: person.email },
              ...(person.administrator
                ? [{ term: messages.roles.label, details: words.profile.administrator }]
                : []),
            ]}
          />
        </Card>
        <Card title={words.preferences.title} description={words.preferences.text}>
          <RadioGroup
            label={words.preferences.language}
            value={locale}
            onValueChange={(next) => void change({ locale: next })}
            options={locales.map((value) => ({ value, label: languages[value] }))}
          />
          <RadioGroup
            label={words.preferences.theme}
            value={theme}
            onValueChange={(next) => void change({ theme: next })}
            options={themes.map((value) => ({ value, label: words.preferences.themes[value] }))}
          />
        </Card>
      </div>
    </>
  );
}
