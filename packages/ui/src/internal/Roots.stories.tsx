import { useEffect, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { ApiKeys } from '../api-keys/ApiKeys.tsx';
import { Badge } from '../badge/Badge.tsx';
import { Button } from '../button/Button.tsx';
import { IconButton } from '../button/IconButton.tsx';
import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import { CodeBlock } from '../copy-button/CodeBlock.tsx';
import { Dialog, DialogBody } from '../dialog/Dialog.tsx';
import { EditKeyDialog } from '../edit-key-dialog/EditKeyDialog.tsx';
import { EmptyState, ErrorState, ForbiddenState } from '../empty-state/EmptyState.tsx';
import { AddExternalKeyDialog } from '../external-key-dialogs/ExternalKeyDialogs.tsx';
import { ExternalKeysTable } from '../external-keys-table/ExternalKeysTable.tsx';
import { Filters } from '../filters/Filters.tsx';
import { keys, link } from '../fixtures/keys.ts';
import { roles } from '../fixtures/roles.ts';
import { GenerateKeyDialog } from '../generate-key-dialog/GenerateKeyDialog.tsx';
import { DeleteConfirm } from '../key-confirms/KeyConfirms.tsx';
import { KeysTable } from '../keys-table/KeysTable.tsx';
import { AppShell } from '../layout/AppShell.tsx';
import { Card, DescriptionList, PageHeader, Stat, Toolbar } from '../layout/Page.tsx';
import { Notice } from '../notice/Notice.tsx';
import { Pagination } from '../pagination/Pagination.tsx';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { RevealToken } from '../reveal-token/RevealToken.tsx';
import { RoleList } from '../role-list/RoleList.tsx';
import { RolePicker } from '../role-picker/RolePicker.tsx';
import { SingleAccessLink } from '../single-access-link/SingleAccessLink.tsx';
import { Skeleton } from '../skeleton/Skeleton.tsx';
import { KeyStatusBadges, StatusBadge } from '../status-badge/StatusBadge.tsx';
import { createMemorySource } from '../testing/memory-source.ts';
import { TabPanel, Tabs } from '../tabs/Tabs.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';

interface Root<Element extends HTMLElement> {
  readonly ref: Ref<Element>;
  readonly className: string;
  /** Any attribute of an element. */
  readonly 'data-given': string;
}

const nothing = () => undefined;
const neverRevealed = () => Promise.resolve(null);
const offer = {
  state: 'open',
  offer: { keyName: 'Order import', account: 'Acme', expiresAt: link.expiresAt },
} as const;
const source = createMemorySource();
const radios = [{ value: 'a', label: 'One' }] as const;

/** Every part with one root, drawn with what its owner gives to that root. */
const parts = {
  ApiKeys: (root) => <ApiKeys {...root} source={source} title={null} />,
  AppShell: (root) => (
    <AppShell {...root} brand="Latchkey" navigation={null} navigationLabel="Main">
      Page
    </AppShell>
  ),
  Badge: (root) => <Badge {...root}>New</Badge>,
  Button: (root) => <Button {...root}>Go</Button>,
  ExternalKeysTable: (root) => <ExternalKeysTable {...root} externalKeys={[]} />,
  'ExternalKeysTable while it loads': (root) => (
    <ExternalKeysTable {...root} externalKeys={[]} view={{ state: 'loading' }} />
  ),
  Filters: (root) => <Filters {...root} roles={roles.slice(1, 3)} />,
  IconButton: (root) => <IconButton {...root} label="Go" icon="→" />,
  KeysTable: (root) => <KeysTable {...root} keys={[keys.plain]} />,
  'KeysTable without keys': (root) => <KeysTable {...root} keys={[]} />,
  'KeysTable while it loads': (root) => (
    <KeysTable {...root} keys={[]} view={{ state: 'loading' }} />
  ),
  Card: (root) => <Card {...root} title="Card" />,
  CodeBlock: (root) => <CodeBlock {...root} code="ls" label="sh" />,
  DescriptionList: (root) => <DescriptionList {...root} items={[{ term: 'A', details: 'B' }]} />,
  EmptyState: (root) => <EmptyState {...root} title="Nothing" />,
  ErrorState: (root) => <ErrorState {...root} />,
  ForbiddenState: (root) => <ForbiddenState {...root} />,
  KeyStatusBadges: (root) => <KeyStatusBadges {...root} apiKey={keys.plain} />,
  Notice: (root) => <Notice {...root}>Note</Notice>,
  PageHeader: (root) => <PageHeader {...root} title="Page" level={2} />,
  Pagination: (root) => (
    <Pagination
      {...root}
      total={1}
      count={1}
      hasPrevious={false}
      hasNext={false}
      onPrevious={nothing}
      onNext={nothing}
    />
  ),
  RadioGroup: (root) => <RadioGroup {...root} label="Choice" options={radios} defaultValue="a" />,
  RevealToken: (root) => (
    <RevealToken {...root} offer={{ state: 'gone' }} host="localhost" onReveal={neverRevealed} />
  ),
  'RevealToken of an open link': (root) => (
    <RevealToken {...root} offer={offer} host="localhost" onReveal={neverRevealed} />
  ),
  'RevealToken while it loads': (root) => (
    <RevealToken {...root} offer={{ state: 'loading' }} host="localhost" onReveal={neverRevealed} />
  ),
  RoleList: (root) => <RoleList {...root} roles={keys.plain.roles} />,
  'RoleList without roles': (root) => <RoleList {...root} roles={[]} />,
  RolePicker: (root) => <RolePicker {...root} roles={roles.slice(1, 3)} />,
  SingleAccessLink: (root) => <SingleAccessLink {...root} link={link} />,
  Skeleton: (root) => <Skeleton {...root} />,
  Stat: (root) => <Stat {...root} label="Keys" value="3" />,
  StatusBadge: (root) => <StatusBadge {...root} status="active" />,
  TabPanel: (root) => (
    <Tabs label="Of the panel" items={[{ value: 'a', label: 'One' }]}>
      <TabPanel {...root} value="a">
        Panel
      </TabPanel>
    </Tabs>
  ),
  Tabs: (root) => (
    <Tabs {...root} label="Views" items={[{ value: 'a', label: 'One' }]}>
      <TabPanel value="a">Panel</TabPanel>
    </Tabs>
  ),
  Toolbar: (root) => <Toolbar {...root} />,
  UsageImpact: (root) => <UsageImpact {...root} lastUsedAt={null} />,
} as const satisfies Record<string, (root: Root<never>) => ReactNode>;

const open = { open: true, onOpenChange: nothing };

/** The dialogs, which have one root each too. */
const dialogs = {
  Dialog: (root) => (
    <Dialog {...root} {...open} title="Dialog">
      <DialogBody>Body</DialogBody>
    </Dialog>
  ),
  ConfirmDialog: (root) => (
    <ConfirmDialog
      {...root}
      {...open}
      title="Sure?"
      description="It goes."
      confirmLabel="Go"
      onConfirm={nothing}
    />
  ),
  GenerateKeyDialog: (root) => (
    <GenerateKeyDialog
      {...root}
      {...open}
      roles={[]}
      onGenerate={() => Promise.reject(new Error())}
    />
  ),
  EditKeyDialog: (root) => (
    <EditKeyDialog {...root} {...open} apiKey={keys.plain} roles={[]} onSave={nothing} />
  ),
  AddExternalKeyDialog: (root) => (
    <AddExternalKeyDialog {...root} {...open} roles={[]} onAdd={nothing} />
  ),
  DeleteConfirm: (root) => (
    <DeleteConfirm {...root} {...open} apiKey={keys.plain} onConfirm={nothing} />
  ),
} as const satisfies Record<string, (root: Pick<Root<never>, 'ref' | 'className'>) => ReactNode>;

const roots = new Map<string, HTMLElement>();

const meta: Meta = {
  title: 'Parts/Roots',
  // A test of all parts, and nothing to look at.
  tags: ['!autodocs', '!dev'],
  parameters: {
    picture: false,
    // No page has all of them one below the other.
    a11y: {
      options: {
        rules: {
          'heading-order': { enabled: false },
          'landmark-no-duplicate-banner': { enabled: false },
          'landmark-no-duplicate-main': { enabled: false },
          'landmark-unique': { enabled: false },
        },
      },
    },
  },
};

export default meta;

export const RefAndClassName: StoryObj = {
  render: () => (
    <>
      {Object.entries(parts).map(([name, draw]) => (
        <div key={name}>
          {draw({
            className: 'mine',
            'data-given': 'yes',
            ref: (element: HTMLElement | null) => {
              if (element) roots.set(name, element);
            },
          })}
        </div>
      ))}
    </>
  ),
  play: async ({ canvasElement }) => {
    for (const name of Object.keys(parts)) {
      const root = roots.get(name);
      await expect(root, `${name} must give its root to its owner`).toBeInstanceOf(HTMLElement);
      await expect(canvasElement).toContainElement(root ?? null);
      await expect(root, `${name} must add the class to its own`).toHaveClass('mine');
      await expect(root, `${name} must take any attribute`).toHaveAttribute('data-given', 'yes');
      // Not in place of its own looks, where it has any.
      await expect(root?.classList.length, `${name} must keep its own class`).toBeGreaterThan(1);
    }
  },
};

/** Draws one dialog at a time, by its name. */
const shown = { set: (_name: keyof typeof dialogs | null): void => undefined };

function OneDialog({ refTo }: { readonly refTo: Ref<never> }) {
  const [name, setName] = useState<keyof typeof dialogs | null>(null);
  useEffect(() => {
    shown.set = setName;
  }, []);
  return name === null ? null : dialogs[name]({ className: 'mine', ref: refTo });
}

const dialogRoots: (HTMLElement | null)[] = [];

export const RefAndClassNameOfDialogs: StoryObj = {
  render: () => (
    <OneDialog refTo={(element: HTMLElement | null) => void dialogRoots.push(element)} />
  ),
  play: async () => {
    for (const name of Object.keys(dialogs) as (keyof typeof dialogs)[]) {
      dialogRoots.length = 0;
      shown.set(name);
      const root = await waitFor(() => {
        const found = document.querySelector<HTMLElement>('[role$=dialog]');
        if (!found) throw new Error(`${name} does not open.`);
        return found;
      });
      await expect(dialogRoots.at(-1), `${name} must give its root to its owner`).toBe(root);
      await expect(root, `${name} must add the class to its own`).toHaveClass('mine');
      await expect(root.classList.length).toBeGreaterThan(1);
      shown.set(null);
      await waitFor(() => expect(root).not.toBeInTheDocument());
      await expect(dialogRoots.at(-1), `${name} must take its root back`).toBeNull();
    }
  },
};
