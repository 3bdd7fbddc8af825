import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { Sheet } from '../fixtures/Sheet.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import { CopyButton } from './CopyButton.tsx';

const meta: Meta<typeof CopyButton> = {
  title: 'Parts/CopyButton',
  component: CopyButton,
  args: { text: 'lk-acme-7Q2M9XKD', onCopied: fn(), onRefused: fn() },
  parameters: {
    accessibility: [
      {
        part: 'CopyButton',
        role: 'button with status',
        keys: 'Enter, Space; says "Copied". Where the browser refuses, the text is selected and the way on is said',
      },
      {
        part: 'CodeBlock',
        role: 'figure with a region named by its label',
        keys: 'the region takes the focus, and arrows scroll it',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof CopyButton>;

function clipboard(writeText: (text: string) => Promise<void>) {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
}

export const Idle: Story = {};

export const Copied: Story = {
  // "Copied" passes after a moment, so that a picture would depend on the machine.
  parameters: { picture: false },
  play: async ({ args, canvasElement }) => {
    const writeText = fn(async () => undefined);
    clipboard(writeText);
    await userEvent.click(within(canvasElement).getByRole('button'));
    await expect(writeText).toHaveBeenCalledWith('lk-acme-7Q2M9XKD');
    await expect(within(canvasElement).getByRole('status')).toHaveTextContent('Copied');
    await expect(args.onCopied).toHaveBeenCalledOnce();
  },
};

export const Refused: Story = {
  decorators: [
    (Story) => <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{Story()}</div>,
  ],
  play: async ({ args, canvasElement }) => {
    clipboard(() => Promise.reject(new DOMException('Not allowed', 'NotAllowedError')));
    await userEvent.click(within(canvasElement).getByRole('button'));
    await expect(within(canvasElement).getByRole('status')).toHaveTextContent('press Ctrl+C');
    await expect(args.onRefused).toHaveBeenCalledOnce();
    await expect(args.onCopied).not.toHaveBeenCalled();
  },
};

export const OnlyIcon: Story = { args: { iconOnly: true } };

export const Code: Story = {
  render: () => (
    <CodeBlock
      label="curl"
      code={
        'curl https://api.acme.example/orders \\\n  -H "X-API-Key: lk-acme-7Q2M9XKD" \\\n  -H "X-API-Token: $TOKEN"'
      }
    />
  ),
};

export const EveryTheme: Story = {
  globals: { theme: 'light' },
  render: (args) => (
    <Sheet>
      <CopyButton {...args} />
    </Sheet>
  ),
};
export const CodePhone: Story = { ...Code, globals: { viewport: { value: 'phone' } } };
export const CodePortuguese: Story = { ...Code, globals: { locale: 'pt' } };
export const CodeRightToLeft: Story = { ...Code, globals: { direction: 'rtl' } };
export const CodeHighContrast: Story = { ...Code, globals: { contrast: 'more' } };
