import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { externalKeys } from '../fixtures/keys.ts';
import { roles } from '../fixtures/roles.ts';
import { AddExternalKeyDialog, EditExternalKeyDialog } from './ExternalKeyDialogs.tsx';

const meta: Meta<typeof AddExternalKeyDialog> = {
  title: 'Dialogs/External keys',
  component: AddExternalKeyDialog,
  args: { open: true, onOpenChange: fn(), roles, onAdd: fn() },
};

export default meta;
type Story = StoryObj<typeof AddExternalKeyDialog>;

const dialog = () => within(within(document.body).getByRole('dialog'));

export const Add: Story = {
  play: async ({ args }) => {
    const body = within(document.body);
    await body.findByRole('dialog');
    await userEvent.click(await dialog().findByRole('button', { name: 'Add key' }));
    await expect(await dialog().findByText('Enter the identifier of the key.')).toBeVisible();
    await userEvent.click(dialog().getByLabelText('Key identifier'));
    await userEvent.paste(' lk-swiftship-Q8N4T2VX\n');
    await userEvent.click(dialog().getByRole('button', { name: 'Add key' }));
    await waitFor(() =>
      expect(args.onAdd).toHaveBeenCalledWith({ key: 'lk-swiftship-Q8N4T2VX', roleIds: [] }),
    );
    await waitFor(() => expect(args.onOpenChange).toHaveBeenCalledWith(false));
    await expect(await dialog().findByRole('button', { name: 'Add key' })).toBeEnabled();
  },
};

export const AddRefused: Story = {
  args: { onAdd: () => Promise.reject(new Error('There is no key with this identifier.')) },
  play: async () => {
    await userEvent.type(dialog().getByLabelText('Key identifier'), 'lk-nobody-00000000');
    await userEvent.click(dialog().getByRole('button', { name: 'Add key' }));
    await expect(await dialog().findByRole('alert')).toHaveTextContent('There is no key');
  },
};

const save = fn();
export const EditRoles: Story = {
  render: (args) => {
    const [externalKey] = externalKeys;
    return externalKey ? (
      <EditExternalKeyDialog {...args} externalKey={externalKey} onSave={save} />
    ) : (
      <></>
    );
  },
  play: async () => {
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Order management' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(save).toHaveBeenCalledWith({ roleIds: ['stock'] }));
  },
};
