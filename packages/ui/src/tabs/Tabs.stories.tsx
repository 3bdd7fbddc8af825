import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { TabPanel, Tabs } from './Tabs.tsx';

function Example() {
  const { messages } = useLatchkey();
  const words = messages.page;
  const [value, setValue] = useState<'generated' | 'external' | 'settings'>('generated');
  return (
    <Tabs
      label={words.title}
      value={value}
      onValueChange={setValue}
      items={[
        { value: 'generated', label: words.generated, count: '112' },
        { value: 'external', label: words.external, count: '2' },
        { value: 'settings', label: words.settings },
      ]}
    >
      <TabPanel value="generated">Keys of this account.</TabPanel>
      <TabPanel value="external">Keys of other accounts.</TabPanel>
      <TabPanel value="settings">When to be reminded.</TabPanel>
    </Tabs>
  );
}

const meta: Meta<typeof Example> = {
  title: 'Parts/Tabs',
  component: Example,
  parameters: {
    accessibility: [
      {
        part: 'Tabs, TabPanel',
        role: 'tablist, tab, tabpanel',
        keys: 'arrows, Home, End; Tab goes into the panel',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Example>;

export const Default: Story = {};
export const ByKeyboard: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.tab();
    await userEvent.keyboard('{End}');
    await expect(canvas.getByRole('tab', { name: 'Settings' })).toHaveFocus();
    await expect(canvas.getByText('When to be reminded.')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    await expect(canvas.getByRole('tab', { name: /Generated/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  },
};
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Spanish: Story = { globals: { locale: 'es' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
