import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { daysAgo } from '../fixtures/clock.ts';
import { Sheet } from '../fixtures/Sheet.tsx';
import { RenewalAlert } from './RenewalAlert.tsx';

const meta: Meta<typeof RenewalAlert> = {
  title: 'Keys/RenewalAlert',
  component: RenewalAlert,
  parameters: {
    accessibility: [
      {
        part: 'RenewalAlert',
        role: 'none as a badge; button with tooltip as an icon',
        keys: 'focus shows the words and the age, as hover does',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof RenewalAlert>;

export const Due: Story = { args: { level: 'due' } };
export const Overdue: Story = { args: { level: 'overdue' } };
export const DueIcon: Story = {
  args: { level: 'due', display: 'icon', tokenCreatedAt: daysAgo(110) },
  play: async ({ canvasElement }) => {
    await userEvent.tab();
    await expect(within(canvasElement).getByRole('button', { name: 'Renewal due' })).toHaveFocus();
    await expect(await within(document.body).findByRole('tooltip')).toHaveTextContent(
      '3 months ago',
    );
  },
};
export const OverdueIcon: Story = {
  args: { level: 'overdue', display: 'icon', tokenCreatedAt: daysAgo(400) },
};
export const None: Story = {
  args: { level: 'none' },
  parameters: { picture: false },
  play: async ({ canvasElement }) => {
    await expect(canvasElement.textContent).toBe('');
  },
};
export const EveryTheme: Story = {
  globals: { theme: 'light' },
  render: () => (
    <Sheet>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <RenewalAlert level="due" />
        <RenewalAlert level="overdue" />
        <RenewalAlert level="due" display="icon" />
        <RenewalAlert level="overdue" display="icon" />
      </div>
    </Sheet>
  ),
};
