import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { Gauge, KeyRound, ScrollText, Users } from 'lucide-react';
import { Badge } from '../badge/Badge.tsx';
import { Button } from '../button/Button.tsx';
import { AppShell, NavItem } from './AppShell.tsx';
import { Card, DescriptionList, PageHeader, Stat, Toolbar } from './Page.tsx';

function Example() {
  return (
    <AppShell
      brand="Latchkey"
      navigationLabel="Main"
      navigation={
        <>
          <NavItem href="#overview" icon={<Gauge size={18} aria-hidden />}>
            Overview
          </NavItem>
          <NavItem href="#keys" current icon={<KeyRound size={18} aria-hidden />}>
            API keys
          </NavItem>
          <NavItem href="#members" icon={<Users size={18} aria-hidden />}>
            Members
          </NavItem>
          <NavItem href="#audit" icon={<ScrollText size={18} aria-hidden />}>
            Audit log
          </NavItem>
        </>
      }
      aside="ana@acme.example"
    >
      <PageHeader
        title="ERP integration"
        badge={<Badge tone="success">Active</Badge>}
        description="lk-acme-7Q2M9XKD"
        breadcrumb={<a href="#keys">API keys</a>}
        actions={
          <>
            <Button>Edit</Button>
            <Button variant="primary">Renew token</Button>
          </>
        }
      />
      <Toolbar>
        <Button size="sm">Last 30 days</Button>
        <Button size="sm">Export</Button>
      </Toolbar>
      <div
        style={{
          display: 'grid',
          gap: 12,
          gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
        }}
      >
        <Stat label="Active" value="104" hint="of 112 keys" />
        <Stat label="Renewal due" value="7" tone="warning" />
        <Stat label="Renewal overdue" value="3" tone="danger" />
      </div>
      <Card title="Tokens" description="What this key signs in with.">
        <DescriptionList
          items={[
            { term: 'Created', details: 'Oct 15, 2026' },
            { term: 'Last used', details: '24 minutes ago' },
          ]}
        />
      </Card>
    </AppShell>
  );
}

const meta: Meta<typeof Example> = {
  title: 'Parts/Layout',
  component: Example,
  parameters: {
    layout: 'fullscreen',
    accessibility: [
      {
        part: 'AppShell',
        role: 'banner with navigation, main',
        keys: 'the first Tab offers to skip to the content; on a phone a button with aria-expanded opens the navigation',
      },
      {
        part: 'PageHeader, Card',
        role: 'heading of level 1 or 2',
        keys: 'nothing of their own',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Example>;

export const Desktop: Story = {
  play: async ({ canvasElement }) => {
    // Nothing of the side is outside of a landmark.
    const [side] = within(canvasElement).getAllByRole('banner');
    const banner = within(side as HTMLElement);
    await expect(banner.getByText('Latchkey')).toBeVisible();
    await expect(banner.getByText('ana@acme.example')).toBeVisible();
    await userEvent.tab();
    await expect(
      within(canvasElement).getByRole('link', { name: 'Skip to content' }),
    ).toHaveFocus();
    (document.activeElement as HTMLElement).blur();
  },
};
export const Phone: Story = {
  globals: { viewport: { value: 'phone' } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Menu' }));
    await expect(canvas.getByRole('link', { name: 'Members' })).toBeVisible();
  },
};
export const PhoneClosed: Story = { globals: { viewport: { value: 'phone' } } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
