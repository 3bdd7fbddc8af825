import { useQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { Button, ErrorState, PageHeader, Skeleton } from '@latchkey/ui';
import { MailCard } from '../features/profile/MailCard.tsx';
import { PasswordCard } from '../features/profile/PasswordCard.tsx';
import { PasskeysCard } from '../features/profile/PasskeysCard.tsx';
import { PersonCard } from '../features/profile/PersonCard.tsx';
import { PreferencesCard } from '../features/profile/PreferencesCard.tsx';
import { ProviderCard } from '../features/profile/ProviderCard.tsx';
import { profileQuery } from '../features/profile/queries.ts';
import { SecondFactorCard } from '../features/profile/SecondFactorCard.tsx';
import { SessionsCard } from '../features/profile/SessionsCard.tsx';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/profile/Profile.module.css';

/** Who the person is, how they sign in, where they are signed in, how they see all of this, and the way out. */
export function Profile() {
  const words = useWords();
  usePageTitle(words.profile.title);
  const signOut = useSignOut();
  const profile = useQuery(profileQuery);
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
      {profile.isError && !profile.data && (
        <ErrorState onRetry={() => void profile.refetch()}>
          {describeFailure(readFailure(profile.error), words)}
        </ErrorState>
      )}
      {profile.isPending && <Skeleton height="320px" />}
      {profile.data && (
        <div className={styles.cards}>
          <PersonCard profile={profile.data} />
          <PasswordCard profile={profile.data} />
          <PasskeysCard profile={profile.data} />
          <SecondFactorCard profile={profile.data} />
          <ProviderCard profile={profile.data} />
          <SessionsCard />
          <MailCard />
          <PreferencesCard />
        </div>
      )}
    </>
  );
}
