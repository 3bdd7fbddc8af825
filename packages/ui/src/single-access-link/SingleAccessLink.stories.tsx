import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { link } from '../fixtures/keys.ts';
import { SingleAccessLink } from './SingleAccessLink.tsx';

const meta: Meta<typeof SingleAccessLink> = {
  title: 'Keys/SingleAccessLink',
  component: SingleAccessLink,
  args: { link, onCopied: fn() },
  decorators: [(Story) => <div style={{ maxInlineSize: 480 }}>{Story()}</div>],
  parameters: {
    accessibility: [
      {
        part: 'SingleAccessLink',
        role: 'textbox, button with status',
        keys: 'focus selects the whole link; Ctrl+C there counts as copied; the button says "Copied"',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof SingleAccessLink>;

export const Default: Story = {
  play: async ({ canvasElement }) => {
    const field = within(canvasElement).getByLabelText<HTMLInputElement>('Single-access link');
    await userEvent.click(field);
    await expect(field.selectionEnd).toBe(link.url.length);
    field.blur();
  },
};
export const Spanish: Story = { globals: { locale: 'es' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
