import { useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import type { ApiKeysDataSource, Capability } from './source.ts';
import { cx } from '../internal/cx.ts';
import { PageHeader } from '../layout/Page.tsx';
import { TabPanel, Tabs } from '../tabs/Tabs.tsx';
import { ToastProvider, useOptionalToast } from '../toast/Toast.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { ExternalTab } from './ExternalTab.tsx';
import { GeneratedTab } from './GeneratedTab.tsx';
import { SettingsTab } from './SettingsTab.tsx';
import styles from './ApiKeys.module.css';

export interface ApiKeysProps extends Omit<ComponentProps<'div'>, 'title' | 'children'> {
  /** Where the keys are. Keep it the same from one drawing to the next. */
  readonly source: ApiKeysDataSource;
  /** Instead of the heading "API keys"; null for none, where the page around has one. */
  readonly title?: ReactNode;
}

type Tab = 'generated' | 'external' | 'settings';

/**
 * The whole page: keys with search, filters and every dialog, external keys and settings, against any
 * backend. What the source cannot do is not shown.
 *
 * @example
 * <LatchkeyProvider locale="en" theme="system">
 *   <ApiKeys source={source} />
 * </LatchkeyProvider>
 */
export function ApiKeys(props: ApiKeysProps) {
  const toast = useOptionalToast();
  if (toast) return <Page {...props} />;
  return (
    <ToastProvider>
      <Page {...props} />
    </ToastProvider>
  );
}

function Page({ source, title, className, ...native }: ApiKeysProps) {
  const { messages } = useLatchkey();
  const [tab, setTab] = useState<Tab>('generated');
  const can = (capability: Capability) => source.capabilities.includes(capability);
  const words = messages.page;
  const tabs = [
    { value: 'generated', label: words.generated },
    ...(can('external') ? [{ value: 'external', label: words.external } as const] : []),
    ...(can('settings') ? [{ value: 'settings', label: words.settings } as const] : []),
  ] as const;
  const heading = title === undefined ? words.title : title;
  return (
    <div {...native} className={cx(styles.page, className)} data-lk-root="">
      {heading !== null && <PageHeader title={heading} />}
      {tabs.length === 1 ? (
        <GeneratedTab source={source} />
      ) : (
        <Tabs<Tab> label={words.title} items={tabs} value={tab} onValueChange={setTab}>
          <TabPanel value="generated">
            <GeneratedTab source={source} />
          </TabPanel>
          <TabPanel value="external">
            <ExternalTab source={source} />
          </TabPanel>
          <TabPanel value="settings">
            <SettingsTab source={source} />
          </TabPanel>
        </Tabs>
      )}
    </div>
  );
}
