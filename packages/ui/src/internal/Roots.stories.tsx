import type { ReactNode, Ref } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { Badge } from '../badge/Badge.tsx';
import { Button } from '../button/Button.tsx';
import { IconButton } from '../button/IconButton.tsx';
import { CodeBlock } from '../copy-button/CodeBlock.tsx';
import { EmptyState, ErrorState, ForbiddenState } from '../empty-state/EmptyState.tsx';
import { keys, link } from '../fixtures/keys.ts';
import { roles } from '../fixtures/roles.ts';
import { Card, DescriptionList, PageHeader, Stat, Toolbar } from '../layout/Page.tsx';
import { Notice } from '../notice/Notice.tsx';
import { Pagination } from '../pagination/Pagination.tsx';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { RoleList } from '../role-list/RoleList.tsx';
import { RolePicker } from '../role-picker/RolePicker.tsx';
import { SingleAccessLink } from '../single-access-link/SingleAccessLink.tsx';
import { Skeleton } from '../skeleton/Skeleton.tsx';
import { KeyStatusBadges, StatusBadge } from '../status-badge/StatusBadge.tsx';
import { TabPanel, Tabs } from '../tabs/Tabs.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';

interface Root<Element extends HTMLElement> {
  readonly ref: Ref<Element>;
  readonly className: string;
}

const nothing = () => undefined;
const radios = [{ value: 'a', label: 'One' }] as const;

/** Every part with one root, drawn with what its owner gives to that root. */
const parts = {
  Badge: (root) => <Badge {...root}>New</Badge>,
  Button: (root) => <Button {...root}>Go</Button>,
  IconButton: (root) => <IconButton {...root} label="Go" icon="→" />,
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

const roots = new Map<string, HTMLElement>();

const meta: Meta = {
  title: 'Parts/Roots',
  // A test of all parts, and nothing to look at.
  tags: ['!autodocs', '!dev'],
  parameters: {
    picture: false,
    a11y: { options: { rules: { 'heading-order': { enabled: false } } } },
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
      // Not in place of its own looks, where it has any.
      await expect(root?.classList.length, `${name} must keep its own class`).toBeGreaterThan(1);
    }
  },
};
