import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { roles, thirtyRoles } from '../fixtures/roles.ts';
import { Filters, noFilters } from './Filters.tsx';

const meta: Meta<typeof Filters> = {
  title: 'Keys/Filters',
  component: Filters,
  args: { defaultValue: noFilters, onValueChange: fn(), roles },
  parameters: {
    accessibility: [
      {
        part: 'Filters',
        role: 'group of comboboxes',
        keys: 'Enter, Space and arrows open a list; letters jump; Escape closes. Of many roles, one is found by typing any part of it',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Filters>;

export const NothingChosen: Story = {};

export const Chosen: Story = {
  args: { defaultValue: { status: 'active', role: 'orders', alert: 'overdue', attention: null } },
  play: async ({ args, canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Clear filters' }));
    await expect(args.onValueChange).toHaveBeenCalledWith(noFilters);
  },
};

export const Attention: Story = {
  args: { defaultValue: { ...noFilters, attention: 'idle' } },
  play: async ({ args, canvasElement }) => {
    const attention = within(canvasElement).getByRole('combobox', { name: /^Attention/ });
    attention.focus();
    await userEvent.keyboard('{Enter}');
    await within(document.body).findByRole('listbox');
    await userEvent.keyboard('br{Enter}');
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ ...noFilters, attention: 'broad' }),
    );
  },
};

export const WithoutAttention: Story = { args: { allowAttention: false } };

export const ByKeyboard: Story = {
  play: async ({ args, canvasElement }) => {
    const status = within(canvasElement).getByRole('combobox', { name: /^Status/ });
    status.focus();
    await userEvent.keyboard('{Enter}');
    await within(document.body).findByRole('listbox');
    // Typing jumps to the option that begins so.
    await userEvent.keyboard('in');
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(args.onValueChange).toHaveBeenCalledWith({ ...noFilters, status: 'inactive' }),
    );
    await waitFor(() => expect(status).toHaveFocus());
  },
};

export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Spanish: Story = {
  args: { defaultValue: { status: 'inactive', role: null, alert: 'due', attention: null } },
  globals: { locale: 'es' },
};
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
export const ThirtyRoles: Story = {
  args: { roles: thirtyRoles },
  play: async ({ args, canvasElement }) => {
    // What finds by typing is fetched once there are many.
    const role = await waitFor(() => {
      const field = within(canvasElement).getByRole('combobox', { name: 'Role' });
      if (!(field instanceof HTMLInputElement)) throw new Error('Not there yet.');
      return field;
    });
    await userEvent.click(role);
    await userEvent.keyboard('17');
    await userEvent.click(
      await within(document.body).findByRole('option', { name: 'Region 17 fulfilment' }),
    );
    await expect(args.onValueChange).toHaveBeenCalledWith({ ...noFilters, role: 'region-17' });
    await expect(role).toHaveValue('Region 17 fulfilment');
    // What is cleared elsewhere is cleared here.
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Clear filters' }));
    await expect(role).toHaveValue('Role: all');
    await userEvent.click(role);
    await userEvent.keyboard('region 2');
  },
};
