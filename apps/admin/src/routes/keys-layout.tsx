import { useState } from 'react';
import { Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { PageHeader, TabPanel, Tabs, useLatchkey } from '@latchkey/ui';
import { HeaderActionsPlace } from '../features/keys/HeaderActions.tsx';
import { useAccount } from '../features/shell/account.ts';
import { useWords } from '../lib/words/index.ts';
import styles from '../features/keys/Keys.module.css';

const tabs = ['generated', 'external', 'settings'] as const;
type Tab = (typeof tabs)[number];

const paths = {
  generated: '/a/$account/keys',
  external: '/a/$account/keys/external',
  settings: '/a/$account/keys/settings',
} as const satisfies Record<Tab, string>;

/** API keys, with the tabs Generated, External and Settings. */
export function KeysLayout() {
  const { messages } = useLatchkey();
  const words = useWords().keys;
  const account = useAccount();
  const navigate = useNavigate();
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const matches = useMatchRoute();
  const shown = tabs.find((tab) => tab !== 'generated' && matches({ to: paths[tab] }));
  const current: Tab = shown ?? 'generated';
  return (
    <>
      <PageHeader
        title={messages.page.title}
        description={words.description}
        actions={<div ref={setActions} className={styles.buttons} />}
      />
      <Tabs<Tab>
        label={messages.page.title}
        items={tabs.map((value) => ({ value, label: messages.page[value] }))}
        value={current}
        onValueChange={(tab) => navigate({ to: paths[tab], params: { account: account.slug } })}
      >
        {tabs.map((tab) => (
          <TabPanel key={tab} value={tab}>
            {tab === current && (
              <div className={styles.panel}>
                <HeaderActionsPlace value={actions}>
                  <Outlet />
                </HeaderActionsPlace>
              </div>
            )}
          </TabPanel>
        ))}
      </Tabs>
    </>
  );
}
