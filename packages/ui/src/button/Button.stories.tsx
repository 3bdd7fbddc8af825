import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { Plus, X } from 'lucide-react';
import { Sheet } from '../fixtures/Sheet.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';

const meta: Meta<typeof Button> = {
  title: 'Parts/Button',
  component: Button,
  args: { children: 'Generate key', onClick: fn() },
  parameters: {
    accessibility: [
      {
        part: 'Button',
        role: 'button, or link with asChild',
        keys: 'Enter, Space. While pending it keeps the focus, is aria-disabled and aria-busy, and does nothing',
      },
      {
        part: 'IconButton',
        role: 'button named by its label',
        keys: 'Enter, Space',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Button>;

export const Primary: Story = {
  args: { variant: 'primary', icon: <Plus size={16} aria-hidden /> },
};
export const Secondary: Story = {};
export const Ghost: Story = { args: { variant: 'ghost' } };
export const Danger: Story = { args: { variant: 'danger', children: 'Delete' } };
export const Small: Story = { args: { size: 'sm' } };
export const Disabled: Story = { args: { variant: 'primary', disabled: true } };

export const Pending: Story = {
  args: { variant: 'primary', pending: true, children: 'Generating…' },
  play: async ({ args, canvasElement }) => {
    const button = within(canvasElement).getByRole('button');
    await userEvent.click(button);
    await expect(args.onClick).not.toHaveBeenCalled();
    // It keeps its place in the tab order, so that focus is not lost while it runs.
    await expect(button).toHaveFocus();
  },
};

export const AsLink: Story = {
  args: { asChild: true, children: <a href="#keys">All keys</a> },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByRole('link')).toHaveAttribute('href', '#keys');
  },
};

export const IconOnly: Story = {
  render: () => (
    <Tooltip content="Close">
      <IconButton label="Close" icon={<X size={18} aria-hidden />} />
    </Tooltip>
  ),
  play: async ({ canvasElement }) => {
    await userEvent.tab();
    await expect(within(canvasElement).getByRole('button', { name: 'Close' })).toHaveFocus();
    await expect(await within(document.body).findByRole('tooltip')).toHaveTextContent('Close');
  },
};

function Buttons() {
  const { messages } = useLatchkey();
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      <Button variant="primary" icon={<Plus size={16} aria-hidden />}>
        {messages.page.generate}
      </Button>
      <Button>{messages.common.cancel}</Button>
      <Button variant="ghost">{messages.filters.clear}</Button>
      <Button variant="danger">{messages.deleteKey.confirm}</Button>
      <Button size="sm" disabled>
        {messages.common.save}
      </Button>
      <IconButton label={messages.common.close} icon={<X size={18} aria-hidden />} />
    </div>
  );
}

export const EveryTheme: Story = {
  globals: { theme: 'light' },
  render: () => (
    <Sheet>
      <Buttons />
    </Sheet>
  ),
};
export const LongLabelPhone: Story = {
  args: { variant: 'primary', children: 'Sincronizar os pedidos de compra entre os depósitos' },
  globals: { viewport: { value: 'phone' } },
};
