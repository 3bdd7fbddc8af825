import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { Sheet } from '../fixtures/Sheet.tsx';
import { SearchField } from './SearchField.tsx';
import type { SearchFieldProps } from './SearchField.tsx';

const meta: Meta<typeof SearchField> = {
  title: 'Parts/SearchField',
  component: SearchField,
  args: { onValueChange: fn() },
  parameters: {
    accessibility: [
      {
        part: 'SearchField',
        role: 'searchbox',
        keys: 'Escape clears, Enter searches at once',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof SearchField>;

export const Empty: Story = {};

export const WaitsForAPause: Story = {
  // Longer than any machine takes from one letter to the next.
  args: { delay: 2000 },
  play: async ({ args, canvasElement }) => {
    await userEvent.type(within(canvasElement).getByRole('searchbox'), 'erp');
    await waitFor(() => expect(args.onValueChange).toHaveBeenCalledWith('erp'));
    await expect(args.onValueChange).toHaveBeenCalledOnce();
  },
};

export const EscapeClears: Story = {
  args: { defaultValue: 'warehouse' },
  play: async ({ args, canvasElement }) => {
    const field = within(canvasElement).getByRole('searchbox');
    await userEvent.click(field);
    await userEvent.keyboard('{Escape}');
    await expect(args.onValueChange).toHaveBeenCalledWith('');
    await expect(field).toHaveValue('');
    await expect(field).toHaveFocus();
  },
};

export const Pasted: Story = {
  play: async ({ args, canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('searchbox'));
    await userEvent.paste('lk-acme-7Q2M9XKD');
    await userEvent.keyboard('{Enter}');
    await expect(args.onValueChange).toHaveBeenCalledWith('lk-acme-7Q2M9XKD');
  },
};

/** Whoever owns the field may leave out spaces at the ends. */
function Trimming({ onValueChange, delay }: SearchFieldProps) {
  const [value, setValue] = useState('');
  return (
    <SearchField
      value={value}
      delay={delay}
      onValueChange={(next) => {
        setValue(next.trim());
        onValueChange?.(next);
      }}
    />
  );
}

export const KeepsWhatIsTyped: Story = {
  parameters: { picture: false },
  args: { delay: 2000 },
  render: (args) => <Trimming {...args} />,
  play: async ({ args, canvasElement }) => {
    const field = within(canvasElement).getByRole('searchbox');
    await userEvent.type(field, 'erp ');
    await waitFor(() => expect(args.onValueChange).toHaveBeenCalledWith('erp '));
    await expect(field).toHaveValue('erp ');
    await userEvent.type(field, 'p{Enter}');
    await expect(args.onValueChange).toHaveBeenLastCalledWith('erp p');
    await expect(field).toHaveValue('erp p');
  },
};

export const EveryTheme: Story = {
  globals: { theme: 'light' },
  render: () => (
    <Sheet>
      <div style={{ display: 'grid', gap: 8 }}>
        <SearchField />
        <SearchField defaultValue="lk-acme-7Q2M9XKD" />
      </div>
    </Sheet>
  ),
};
