import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { roles, thirtyRoles } from '../fixtures/roles.ts';
import { RolePicker } from './RolePicker.tsx';

const meta: Meta<typeof RolePicker> = {
  title: 'Keys/RolePicker',
  component: RolePicker,
  args: { roles, onValueChange: fn() },
  decorators: [(Story) => <div style={{ maxInlineSize: 480 }}>{Story()}</div>],
  parameters: {
    accessibility: [
      {
        part: 'RolePicker',
        role: 'group of checkboxes, searchbox',
        keys: 'Tab, Space; a long list of permissions opens at "+n" with Enter. How many are chosen, and a warning of broad ones, is said (status)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof RolePicker>;

export const Default: Story = {
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('checkbox', { name: /^Owner/ })).toBeDisabled();
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Finance export' }));
    await expect(args.onValueChange).toHaveBeenCalledWith(['finance']);
    await expect(canvas.getByText('1 selected')).toBeVisible();
  },
};

export const SearchByPermission: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('searchbox'), 'refunds');
    await expect(canvas.getAllByRole('checkbox')).toHaveLength(1);
    await expect(canvas.getByRole('checkbox', { name: 'Finance export' })).toBeVisible();
  },
};

export const NothingFound: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.type(within(canvasElement).getByRole('searchbox'), 'teleport');
    await expect(within(canvasElement).getByText('No role matches.')).toBeVisible();
  },
};

export const WhatARoleAllows: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    // Shown without a press, where there are few.
    await expect(canvas.getByText('orders.cancel')).toBeVisible();
    const owner = canvas.getByRole('list', { name: 'Permissions of Owner' });
    await expect(within(owner).queryByText('audit.view')).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: /^\+3.*Owner$/ }));
    await expect(within(owner).getByText('audit.view')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /^Fewer.*Owner$/ }));
    await expect(within(owner).queryByText('audit.view')).toBeNull();
    await userEvent.keyboard('{Enter}');
    await expect(within(owner).getByText('audit.view')).toBeVisible();
  },
};

export const Broad: Story = { args: { defaultValue: ['automation', 'orders'] } };
export const Thirty: Story = {
  args: { roles: thirtyRoles, defaultValue: ['region-2', 'region-17'] },
};
export const Few: Story = { args: { roles: roles.slice(1, 4) } };
export const None: Story = { args: { roles: [] } };
export const Disabled: Story = { args: { disabled: true, defaultValue: ['viewer'] } };
export const Portuguese: Story = {
  args: { defaultValue: ['automation'] },
  globals: { locale: 'pt' },
};
export const Spanish: Story = {
  args: { defaultValue: ['automation'] },
  globals: { locale: 'es' },
};
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = {
  args: { defaultValue: ['automation'] },
  globals: { contrast: 'more' },
};
