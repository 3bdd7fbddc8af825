import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { externalKeys, longNamed } from '../fixtures/keys.ts';
import { roles, thirtyRoles } from '../fixtures/roles.ts';
import { AddExternalKeyDialog, EditExternalKeyDialog } from './ExternalKeyDialogs.tsx';

const meta: Meta<typeof AddExternalKeyDialog> = {
  title: 'Dialogs/External keys',
  component: AddExternalKeyDialog,
  args: { open: true, onOpenChange: fn(), roles, onAdd: fn() },
  parameters: {
    accessibility: [
      {
        part: 'AddExternalKeyDialog, EditExternalKeyDialog',
        role: 'dialog',
        keys: 'Tab stays inside; Escape asks to close; focus starts in the first field and returns to where it came from. A failure is said at once (alert)',
      },
    ],
  },
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

/** For a story that shows what another has played in another language. */
const none = () => undefined;

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

/** A name as long as names may be, of an account with many roles. */
export const EditRolesLongName: Story = {
  render: (args) => (
    <EditExternalKeyDialog
      {...args}
      externalKey={{ ...longNamed, roles: [{ id: 'region-2', name: 'Region 2 fulfilment' }] }}
      roles={thirtyRoles}
      onSave={save}
    />
  ),
};

export const AddThirtyRoles: Story = { args: { roles: thirtyRoles } };
export const AddPortuguese: Story = { globals: { locale: 'pt' } };
export const AddSpanish: Story = { globals: { locale: 'es' } };
export const AddRightToLeft: Story = { globals: { direction: 'rtl' } };
export const AddPhone: Story = { globals: { viewport: { value: 'phone' } } };
export const AddHighContrast: Story = { globals: { contrast: 'more' } };
export const EditRolesPortuguese: Story = { ...EditRoles, play: none, globals: { locale: 'pt' } };
export const EditRolesPhone: Story = {
  ...EditRoles,
  play: none,
  globals: { viewport: { value: 'phone' } },
};
