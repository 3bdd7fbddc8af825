import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import type { IssuedKey } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { keys, link } from '../fixtures/keys.ts';
import { roles, thirtyRoles } from '../fixtures/roles.ts';
import { GenerateKeyDialog } from './GenerateKeyDialog.tsx';

const meta: Meta<typeof GenerateKeyDialog> = {
  title: 'Dialogs/GenerateKeyDialog',
  component: GenerateKeyDialog,
  args: {
    open: true,
    onOpenChange: fn(),
    roles,
    onGenerate: fn(async () => ({ key: keys.linkOpen, link })),
    onLinkCopied: fn(),
  },
  parameters: {
    accessibility: [
      {
        part: 'GenerateKeyDialog',
        role: 'dialog',
        keys: 'Tab stays inside; Escape asks to close; focus starts in the first field and returns to where it came from. A failure is said at once (alert). Enter in the name generates. With the link uncopied, Escape and Close ask first (alertdialog)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof GenerateKeyDialog>;

const dialog = () => within(within(document.body).getByRole('dialog'));
const submit = () => userEvent.click(dialog().getByRole('button', { name: 'Generate' }));

async function generate() {
  await userEvent.type(dialog().getByLabelText('Key identification'), 'Warehouse scanner');
  await submit();
  await dialog().findByText('API key generated');
}

/** Whether the browser would ask before the page is left. */
function warnsBeforeLeaving(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

export const Form: Story = {
  play: async () => {
    await waitFor(() => expect(dialog().getByLabelText('Key identification')).toHaveFocus());
    for (const box of dialog().getAllByRole('checkbox')) await expect(box).not.toBeChecked();
  },
};

export const NameMissing: Story = {
  play: async ({ args }) => {
    await submit();
    await expect(dialog().getByLabelText('Key identification')).toHaveAccessibleDescription(
      /Enter a name/,
    );
    await expect(dialog().getByLabelText('Key identification')).toHaveFocus();
    await expect(args.onGenerate).not.toHaveBeenCalled();
  },
};

export const PastedName: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByLabelText('Key identification'));
    await userEvent.paste('  Warehouse scanner\t');
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Stock and warehouse' }));
    await submit();
    await waitFor(() =>
      expect(args.onGenerate).toHaveBeenCalledWith({
        name: 'Warehouse scanner',
        roleIds: ['stock'],
      }),
    );
  },
};

export const BroadRole: Story = {
  play: async () => {
    await userEvent.click(dialog().getByRole('checkbox', { name: /^Key automation/ }));
    await expect(dialog().getByText(/Key automation lets whoever holds the token/)).toBeVisible();
  },
};

export const WithExpiry: Story = {
  play: async ({ args }) => {
    await userEvent.type(dialog().getByLabelText('Key identification'), 'Campaign');
    await userEvent.click(dialog().getByRole('radio', { name: 'Expires on a date' }));
    await submit();
    await expect(dialog().getByText('Choose a date.')).toBeVisible();
    await expect(args.onGenerate).not.toHaveBeenCalled();
  },
};

export const Failed: Story = {
  args: { onGenerate: () => Promise.reject(new Error('You may not grant the role Owner.')) },
  play: async () => {
    await userEvent.type(dialog().getByLabelText('Key identification'), 'Warehouse scanner');
    await submit();
    await expect(await dialog().findByRole('alert')).toHaveTextContent('You may not grant');
    await expect(dialog().getByLabelText('Key identification')).toHaveValue('Warehouse scanner');
  },
};

export const Link: Story = { play: generate };

export const LinkCopied: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    const writeText = fn(async () => undefined);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    await generate();
    await userEvent.click(dialog().getByRole('button', { name: 'Copy link' }));
    await expect(writeText).toHaveBeenCalledWith(link.url);
    await expect(args.onLinkCopied).toHaveBeenCalled();
    await userEvent.click(dialog().getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await expect(args.onOpenChange).toHaveBeenCalledWith(false);
  },
};

export const AsksBeforeLosingTheLink: Story = {
  play: async ({ args }) => {
    await generate();
    // A stray click outside does nothing at all.
    await userEvent.click(document.elementFromPoint(4, 4) as Element);
    await expect(within(document.body).queryByRole('alertdialog')).toBeNull();
    await userEvent.keyboard('{Escape}');
    const asked = within(await within(document.body).findByRole('alertdialog'));
    await expect(asked.getByText('Close without copying the link?')).toBeVisible();
    await expect(args.onOpenChange).not.toHaveBeenCalled();
    await userEvent.click(asked.getByRole('button', { name: 'Go back' }));
    await waitFor(() => expect(within(document.body).queryByRole('alertdialog')).toBeNull());
    await expect(dialog().getByLabelText('Single-access link')).toHaveValue(link.url);
    await userEvent.keyboard('{Escape}');
    await within(document.body).findByRole('alertdialog');
  },
};

const late = Promise.withResolvers<IssuedKey>();

export const StaysWhileTheLinkIsComing: Story = {
  parameters: { picture: false },
  args: { onGenerate: () => late.promise },
  play: async ({ args }) => {
    await userEvent.type(dialog().getByLabelText('Key identification'), 'Warehouse scanner');
    await submit();
    await expect(dialog().getByRole('button', { name: 'Close' })).toBeDisabled();
    await expect(dialog().getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await userEvent.keyboard('{Escape}');
    await expect(warnsBeforeLeaving()).toBe(true);
    late.resolve({ key: keys.linkOpen, link });
    await expect(await dialog().findByLabelText('Single-access link')).toHaveValue(link.url);
    await expect(args.onOpenChange).not.toHaveBeenCalled();
    await expect(warnsBeforeLeaving()).toBe(true);
  },
};

export const LetsGoOnceItIsClosed: Story = {
  parameters: { picture: false },
  render: function Closing(args) {
    const [open, setOpen] = useState(true);
    return (
      <>
        <Button onClick={() => setOpen(true)}>Open</Button>
        <GenerateKeyDialog {...args} open={open} onOpenChange={setOpen} />
      </>
    );
  },
  play: async ({ canvasElement }) => {
    await generate();
    await expect(warnsBeforeLeaving()).toBe(true);
    await userEvent.keyboard('{Escape}');
    const asked = within(await within(document.body).findByRole('alertdialog'));
    await userEvent.click(asked.getByRole('button', { name: 'Close without copying' }));
    await waitFor(() => expect(within(document.body).queryByRole('dialog')).toBeNull());
    await expect(warnsBeforeLeaving()).toBe(false);
    // The next key begins with an empty form.
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Open' }));
    await expect(dialog().getByLabelText('Key identification')).toHaveValue('');
  },
};

export const CopyRefused: Story = {
  play: async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: () => Promise.reject(new DOMException('Not allowed', 'NotAllowedError')),
      },
    });
    await generate();
    await userEvent.click(dialog().getByRole('button', { name: 'Copy link' }));
    await expect(await dialog().findByText(/did not allow copying/)).toBeVisible();
    const field = dialog().getByLabelText<HTMLInputElement>('Single-access link');
    await expect(field).toHaveFocus();
    await expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(
      link.url,
    );
  },
};

export const ThirtyRoles: Story = { args: { roles: thirtyRoles } };
export const NoRoles: Story = { args: { roles: [], allowExpiry: false } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Spanish: Story = { globals: { locale: 'es' } };
export const LongName: Story = {
  args: { onGenerate: async () => ({ key: keys.longName, link }) },
  play: generate,
};
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
