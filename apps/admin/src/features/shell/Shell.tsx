import { Link, Outlet } from '@tanstack/react-router';
import { useSuspenseQuery } from '@tanstack/react-query';
import {
  ChartNoAxesColumn,
  KeyRound,
  LogOut,
  ScrollText,
  Shield,
  Users,
  Webhook,
} from 'lucide-react';
import { AppShell, IconButton, NavItem } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { useLiveAccount } from '../live/use-live-account.ts';
import { accountsQuery, personQuery } from '../session/queries.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { useAccount } from './account.ts';
import { AccountSwitcher } from './AccountSwitcher.tsx';
import { Brand } from './Brand.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { PreferencesMenu } from './PreferencesMenu.tsx';
import styles from './Shell.module.css';

const size = { size: 18, 'aria-hidden': true } as const;

/** The frame of every page of an account: where one can go, which account it is, and who one is. */
export function Shell() {
  const account = useAccount();
  const { data: person } = useSuspenseQuery(personQuery);
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  const words = useWords().shell;
  const signOut = useSignOut();
  useLiveAccount(account.slug);
  const params = { account: account.slug };

  return (
    <AppShell
      brand={<Brand />}
      navigationLabel={words.navigation}
      navigation={
        <>
          {account.can('keys.view') && (
            <NavItem asChild>
              <Link to="/a/$account/overview" params={params}>
                <ChartNoAxesColumn {...size} />
                {words.overview}
              </Link>
            </NavItem>
          )}
          <NavItem asChild>
            <Link to="/a/$account/keys" params={params} activeOptions={{ includeSearch: false }}>
              <KeyRound {...size} />
              {words.keys}
            </Link>
          </NavItem>
          {account.can('keys.view', 'keys.edit', 'roles.edit', 'members.edit') && (
            <NavItem asChild>
              <Link to="/a/$account/roles" params={params}>
                <Shield {...size} />
                {words.roles}
              </Link>
            </NavItem>
          )}
          {account.can('members.edit') && (
            <NavItem asChild>
              <Link to="/a/$account/members" params={params}>
                <Users {...size} />
                {words.members}
              </Link>
            </NavItem>
          )}
          {account.can('keys.settings') && (
            <NavItem asChild>
              <Link to="/a/$account/webhooks" params={params}>
                <Webhook {...size} />
                {words.webhooks}
              </Link>
            </NavItem>
          )}
          {account.can('audit.view') && (
            <NavItem asChild>
              <Link to="/a/$account/audit" params={params}>
                <ScrollText {...size} />
                {words.audit}
              </Link>
            </NavItem>
          )}
        </>
      }
      aside={
        <section className={styles.aside} aria-label={words.you}>
          <AccountSwitcher accounts={accounts} current={account} mayCreate={person.administrator} />
          <div className={styles.row}>
            <Link to="/a/$account/profile" params={params} className={styles.person}>
              <span>{person.name}</span>
              <span className={styles.email}>{person.email}</span>
            </Link>
            <IconButton
              label={words.signOut}
              title={words.signOut}
              icon={<LogOut size={16} aria-hidden />}
              onClick={signOut}
            />
          </div>
          <PreferencesMenu />
        </section>
      }
      banner={<ConnectionBanner />}
    >
      <Outlet />
    </AppShell>
  );
}
