import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { KebabMenu } from './KebabMenu.tsx';

const meta: Meta<typeof KebabMenu> = {
  title: 'Parts/KebabMenu',
  component: KebabMenu,
  args: {
    label: 'Actions for ERP integration',
    items: [
      { id: 'edit', label: 'Edit', icon: <Pencil size={16} aria-hidden /> },
      {
        id: 'renew',
        label: 'Renew token',
        icon: <RefreshCw size={16} aria-hidden />,
        disabled: true,
        reason: 'The link is still open.',
      },
      {
        id: 'delete',
        label: 'Delete',
        tone: 'danger',
        separated: true,
        icon: <Trash2 size={16} aria-hidden />,
      },
    ],
    onAction: fn(),
  },
  decorators: [(Story) => <div style={{ minBlockSize: 180 }}>{Story()}</div>],
  parameters: {
    accessibility: [
      {
        part: 'KebabMenu, Menu',
        role: 'button with menu',
        keys: 'Enter, Space and arrow down open; arrows, Home, End; letters jump; Enter chooses; Escape closes; focus returns to the button. What cannot be used now is aria-disabled, takes the focus and says why',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof KebabMenu>;

const open = async (canvasElement: HTMLElement) => {
  const button = within(canvasElement).getByRole('button');
  button.focus();
  await userEvent.keyboard('{Enter}');
  await within(document.body).findByRole('menu');
  return button;
};

export const Closed: Story = {};
export const Open: Story = { play: async ({ canvasElement }) => void (await open(canvasElement)) };

export const TypeAhead: Story = {
  play: async ({ canvasElement }) => {
    await open(canvasElement);
    await userEvent.keyboard('d');
    await waitFor(() =>
      expect(within(document.body).getByRole('menuitem', { name: 'Delete' })).toHaveFocus(),
    );
  },
};

export const EscapeGivesFocusBack: Story = {
  play: async ({ canvasElement }) => {
    const button = await open(canvasElement);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus());
  },
};

export const BlockedItemStaysOpen: Story = {
  play: async ({ args, canvasElement }) => {
    await open(canvasElement);
    await userEvent.keyboard('ren{Enter}');
    await expect(within(document.body).getByRole('menu')).toBeVisible();
    await expect(args.onAction).not.toHaveBeenCalled();
  },
};

const opened: Story['play'] = async ({ canvasElement }) => void (await open(canvasElement));
export const RightToLeft: Story = { globals: { direction: 'rtl' }, play: opened };
export const Compact: Story = { globals: { density: 'compact' }, play: opened };
export const HighContrast: Story = { globals: { contrast: 'more' }, play: opened };
export const LongLabelsPhone: Story = {
  args: {
    items: [
      { id: 'renew', label: 'Renovar o token e enviar um novo link de acesso único' },
      {
        id: 'delete',
        label: 'Apagar definitivamente',
        disabled: true,
        reason: 'A renovação está pendente: conclua ou desfaça primeiro.',
      },
    ],
  },
  globals: { viewport: { value: 'phone' } },
  play: opened,
};
