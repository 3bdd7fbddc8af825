import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { Button } from '../button/Button.tsx';
import { externalKeys, longNamed } from '../fixtures/keys.ts';
import { ExternalKeysTable } from './ExternalKeysTable.tsx';

const meta: Meta<typeof ExternalKeysTable> = {
  title: 'Keys/ExternalKeysTable',
  component: ExternalKeysTable,
  args: { externalKeys, onAction: fn() },
  parameters: {
    accessibility: [
      {
        part: 'ExternalKeysTable',
        role: 'grid',
        keys: 'one tab stop; arrows between widgets and rows; Home, End within a row, with Ctrl to the first and last row; Page Up, Page Down by what is in view. Enter on a heading sorts, Space on a box selects, Enter on the kebab opens its menu. When the focused row is deleted, the one in its place has the focus',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof ExternalKeysTable>;

export const Default: Story = {
  play: async ({ args, canvasElement }) => {
    await userEvent.click(
      within(canvasElement).getByRole('button', { name: 'Actions for Parcel tracking' }),
    );
    await userEvent.click(await within(document.body).findByRole('menuitem', { name: 'Remove' }));
    await waitFor(() =>
      expect(args.onAction).toHaveBeenCalledWith('remove', externalKeys[0], expect.anything()),
    );
  },
};
export const Loading: Story = { args: { externalKeys: [], view: { state: 'loading' } } };
export const Empty: Story = {
  args: { externalKeys: [], emptyAction: <Button variant="primary">Add external key</Button> },
};
export const Failed: Story = { args: { externalKeys: [], view: { state: 'error' } } };
/** Some backends tell of another account's key neither its name nor its owner's, as Latchkey's own does. */
export const WithoutNames: Story = {
  args: {
    externalKeys: externalKeys.map(({ account, ...key }, index) => ({
      ...key,
      name: null,
      account: { slug: account.slug, name: null },
      status: index === 0 ? 'active' : 'deleted',
    })),
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(
      canvas.getByRole('button', { name: 'Actions for lk-swiftship-Q8N4T2VX' }),
    ).toBeVisible();
    await expect(canvas.getByText('Deleted')).toBeVisible();
  },
};

export const FocusAfterRemoval: Story = {
  parameters: { picture: false },
  render: function Removable(args) {
    const [left, setLeft] = useState(externalKeys);
    return (
      <ExternalKeysTable
        {...args}
        externalKeys={left}
        emptyAction={<Button>Add external key</Button>}
        onAction={(_, { id }) =>
          // As a backend does: a little later, when the focus is back at the row.
          setTimeout(() => setLeft((keys) => keys.filter((key) => key.id !== id)), 100)
        }
      />
    );
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const remove = async (name: string) => {
      await userEvent.click(canvas.getByRole('button', { name: `Actions for ${name}` }));
      await userEvent.click(await within(document.body).findByRole('menuitem', { name: 'Remove' }));
      await waitFor(() => expect(canvas.queryByText(name)).toBeNull());
    };
    await remove('Parcel tracking');
    // The row in its place, and when there is none what can be done instead.
    await expect(
      canvas.getByRole('button', { name: 'Actions for Campaign reporting' }),
    ).toHaveFocus();
    await remove('Campaign reporting');
    await expect(canvas.getByRole('button', { name: 'Add external key' })).toHaveFocus();
  },
};

export const Phone: Story = {
  globals: { viewport: { value: 'phone' } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const first = () => canvas.getAllByRole('row')[0];
    await expect(first()).toHaveTextContent('Parcel tracking');
    await userEvent.selectOptions(
      canvas.getByRole('combobox', { name: 'Sort by' }),
      'Added on, descending',
    );
    await waitFor(() => expect(first()).toHaveTextContent('Campaign reporting'));
  },
};

const retry = fn();
export const FailedWithRetry: Story = {
  args: {
    externalKeys: [],
    view: { state: 'error', message: 'The server did not answer in time.', onRetry: retry },
  },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Try again' }));
    await expect(retry).toHaveBeenCalledOnce();
  },
};
export const Forbidden: Story = { args: { externalKeys: [], view: { state: 'forbidden' } } };
/** With a long name, a long owner and thirty roles. */
export const LongNames: Story = {
  args: { externalKeys: [longNamed, ...externalKeys] },
  play: async ({ canvasElement }) => {
    const owner = within(canvasElement).getByText(/^Transcontinental/);
    const { left, right } = owner.parentElement?.getBoundingClientRect() ?? new DOMRect();
    const cell = owner.closest('[role=gridcell]')?.getBoundingClientRect() ?? new DOMRect();
    await expect(right - left).toBeGreaterThan(cell.width / 3);
    await expect(right).toBeLessThanOrEqual(cell.right);
  },
};
export const LongNamesPhone: Story = {
  ...LongNames,
  globals: { viewport: { value: 'phone' } },
};
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Spanish: Story = { globals: { locale: 'es' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
