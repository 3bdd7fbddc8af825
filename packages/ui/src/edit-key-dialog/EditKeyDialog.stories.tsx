import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { keys } from '../fixtures/keys.ts';
import { roles, thirtyRoles } from '../fixtures/roles.ts';
import { EditKeyDialog } from './EditKeyDialog.tsx';

const meta: Meta<typeof EditKeyDialog> = {
  title: 'Dialogs/EditKeyDialog',
  component: EditKeyDialog,
  args: { open: true, onOpenChange: fn(), apiKey: keys.plain, roles, onSave: fn() },
  parameters: {
    accessibility: [
      {
        part: 'EditKeyDialog',
        role: 'dialog; alertdialog before it switches off',
        keys: 'Tab stays inside; Escape asks to close; focus starts in the first field and returns to where it came from. A failure is said at once (alert)',
      },
      {
        part: 'ExpiryField',
        role: 'radiogroup with a date field',
        keys: 'arrows choose; the date is typed or picked in the browser’s own picker',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof EditKeyDialog>;

const dialog = () => within(within(document.body).getByRole('dialog'));
const save = () => userEvent.click(dialog().getByRole('button', { name: 'Save' }));

export const Default: Story = {
  play: async ({ args }) => {
    const name = dialog().getByLabelText('Key identification');
    await userEvent.clear(name);
    await userEvent.type(name, 'ERP (new)');
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Finance export' }));
    await save();
    await waitFor(() =>
      expect(args.onSave).toHaveBeenCalledWith({
        name: 'ERP (new)',
        roleIds: ['orders', 'stock', 'finance'],
      }),
    );
    await expect(args.onOpenChange).toHaveBeenCalledWith(false);
  },
};

export const DeactivatingAsksAgain: Story = {
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Active' }));
    await save();
    const asked = within(await within(document.body).findByRole('alertdialog'));
    await expect(args.onSave).not.toHaveBeenCalled();
    await waitFor(() => expect(asked.getByRole('button', { name: 'Cancel' })).toHaveFocus());
  },
};

export const DeactivatesOnceConfirmed: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Active' }));
    await save();
    const asked = within(await within(document.body).findByRole('alertdialog'));
    await userEvent.dblClick(asked.getByRole('button', { name: 'Deactivate and save' }));
    await waitFor(() => expect(args.onSave).toHaveBeenCalledWith({ status: 'inactive' }));
    await expect(args.onSave).toHaveBeenCalledOnce();
  },
};

export const Activating: Story = {
  args: { apiKey: keys.inactive },
  play: async () => {
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Active' }));
    await expect(
      dialog().getByText('Anyone who has its token will have access again.'),
    ).toBeVisible();
  },
};

export const WithExpiry: Story = {
  args: { apiKey: keys.expiring },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('radio', { name: 'Never expires' }));
    await save();
    await waitFor(() => expect(args.onSave).toHaveBeenCalledWith({ expiresAt: null }));
  },
};

export const WithoutStatus: Story = {
  args: { allowStatus: false, allowExpiry: false },
  play: async () => {
    await expect(dialog().queryByRole('checkbox', { name: 'Active' })).toBeNull();
  },
};

export const Conflict: Story = {
  args: {
    onSave: () => Promise.reject(new Error('Somebody else changed this key. Load it again.')),
  },
  play: async () => {
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Finance export' }));
    await save();
    await expect(await dialog().findByRole('alert')).toHaveTextContent(
      'Somebody else changed this key',
    );
  },
};

export const Spanish: Story = { globals: { locale: 'es' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const LongName: Story = { args: { apiKey: keys.longName } };
export const ThirtyRoles: Story = { args: { apiKey: keys.thirtyRoles, roles: thirtyRoles } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
