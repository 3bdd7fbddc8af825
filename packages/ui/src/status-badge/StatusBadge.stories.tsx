import type { Meta, StoryObj } from '@storybook/react-vite';
import { keys } from '../fixtures/keys.ts';
import { Sheet } from '../fixtures/Sheet.tsx';
import { KeyStatusBadges } from './StatusBadge.tsx';

const meta: Meta<typeof KeyStatusBadges> = {
  title: 'Keys/StatusBadge',
  component: KeyStatusBadges,
  parameters: {
    accessibility: [
      {
        part: 'StatusBadge, KeyStatusBadges',
        role: 'none: an icon and a word',
        keys: 'nothing of its own',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof KeyStatusBadges>;

export const Active: Story = { args: { apiKey: keys.plain } };
export const Inactive: Story = { args: { apiKey: keys.inactive } };
export const Expiring: Story = { args: { apiKey: keys.expiring } };
export const Expired: Story = { args: { apiKey: keys.expired } };
export const PendingDeletion: Story = { args: { apiKey: keys.twoTokens } };
export const Spanish: Story = { args: { apiKey: keys.twoTokens }, globals: { locale: 'es' } };
export const EveryTheme: Story = {
  globals: { theme: 'light' },
  render: () => (
    <Sheet>
      <div style={{ display: 'grid', gap: 8 }}>
        {[keys.plain, keys.inactive, keys.expiring, keys.expired, keys.twoTokens].map((apiKey) => (
          <KeyStatusBadges key={apiKey.id} apiKey={apiKey} />
        ))}
      </div>
    </Sheet>
  ),
};
