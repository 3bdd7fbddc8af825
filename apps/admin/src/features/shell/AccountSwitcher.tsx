import { lazy, Suspense, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { Building2, ChevronsUpDown, Plus } from 'lucide-react';
import { Button, Menu } from '@latchkey/ui';
import type { Account } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Shell.module.css';

const CreateAccountDialog = lazy(async () => ({
  default: (await import('./CreateAccountDialog.tsx')).CreateAccountDialog,
}));

const another = '+';

/** Which account this is, and the way to another. */
export function AccountSwitcher(props: {
  readonly accounts: readonly Account[];
  readonly current: Account;
  /** Whether the person may create accounts. */
  readonly mayCreate: boolean;
}) {
  const { accounts, current, mayCreate } = props;
  const words = useWords().shell;
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const go = (slug: string) => navigate({ to: '/a/$account/keys', params: { account: slug } });
  const items = [
    ...accounts.map(({ slug, name }) => ({
      id: slug,
      label: name,
      icon: <Building2 size={16} aria-hidden />,
    })),
    ...(mayCreate
      ? [
          {
            id: another,
            label: words.createAccount,
            icon: <Plus size={16} aria-hidden />,
            separated: true,
          },
        ]
      : []),
  ];
  return (
    <>
      <Menu
        align="start"
        items={items}
        onAction={(id) => (id === another ? setCreating(true) : void go(id))}
        trigger={
          <Button
            className={styles.switcher}
            icon={<Building2 size={16} aria-hidden />}
            aria-label={`${words.account}: ${current.name}`}
          >
            <span className={styles.switcherName}>{current.name}</span>
            <ChevronsUpDown size={16} aria-hidden />
          </Button>
        }
      />
      {creating && (
        <Suspense fallback={null}>
          <CreateAccountDialog
            open={creating}
            onOpenChange={setCreating}
            onCreated={(slug) => void go(slug)}
          />
        </Suspense>
      )}
    </>
  );
}
