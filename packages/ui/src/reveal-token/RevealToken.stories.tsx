import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { hoursAgo } from '../fixtures/clock.ts';
import { keys, longNamed } from '../fixtures/keys.ts';
import { RevealToken } from './RevealToken.tsx';

const token = 'lk_0000000000000000000000000000000000000000000EXAMPL';
const credential = { key: 'lk-acme-7Q2M9XKD', token };

const meta: Meta<typeof RevealToken> = {
  title: 'Page/RevealToken',
  component: RevealToken,
  parameters: {
    layout: 'fullscreen',
    accessibility: [
      {
        part: 'RevealToken',
        role: 'main with heading',
        keys: 'Tab to Reveal; Enter, Space. What was revealed is said without reading the token aloud (status); fields select their text on focus',
      },
    ],
  },
  args: {
    host: 'keys.acme.example',
    offer: {
      state: 'open',
      offer: { keyName: 'ERP integration', account: 'Acme Retail', expiresAt: hoursAgo(-20) },
    },
    onReveal: fn(async () => credential),
  },
};

export default meta;
type Story = StoryObj<typeof RevealToken>;

export const Offered: Story = {
  play: async ({ args }) => {
    // Looking uses nothing up.
    await expect(args.onReveal).not.toHaveBeenCalled();
  },
};

async function reveal(canvasElement: HTMLElement) {
  await userEvent.click(within(canvasElement).getByRole('button', { name: 'Reveal token' }));
  await within(canvasElement).findByText('Your API token');
}

export const Revealed: Story = {
  play: async ({ args, canvasElement }) => {
    await userEvent.dblClick(within(canvasElement).getByRole('button', { name: 'Reveal token' }));
    await expect(await within(canvasElement).findByLabelText('API token')).toHaveValue(token);
    await expect(args.onReveal).toHaveBeenCalledOnce();
  },
};

export const HiddenAfterCopying: Story = {
  // "Copied" passes after a moment, so that a picture would depend on the machine.
  parameters: { picture: false, layout: 'fullscreen' },
  play: async ({ canvasElement }) => {
    const writeText = fn(async () => undefined);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    await reveal(canvasElement);
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Copy token' }));
    await expect(writeText).toHaveBeenCalledWith(token);
    await waitFor(() => expect(canvas.getByLabelText('API token')).not.toHaveValue(token));
    await userEvent.click(canvas.getByRole('button', { name: 'Show token' }));
    await expect(canvas.getByLabelText('API token')).toHaveValue(token);
    await userEvent.click(canvas.getByRole('button', { name: 'Hide token' }));
  },
};

export const Gone: Story = { args: { offer: { state: 'gone' } } };

export const GoneMeanwhile: Story = {
  parameters: { picture: false },
  args: { onReveal: async () => null },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Reveal token' }));
    await expect(
      await within(canvasElement).findByText('This link is no longer available'),
    ).toBeVisible();
  },
};

export const Failed: Story = {
  args: {
    onReveal: () => Promise.reject(new Error('The connection was lost. Nothing was used up.')),
  },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Reveal token' }));
    await expect(await within(canvasElement).findByRole('alert')).toHaveTextContent(
      'connection was lost',
    );
  },
};

export const Loading: Story = { args: { offer: { state: 'loading' } } };
export const CouldNotOpen: Story = { args: { offer: { state: 'failed', onRetry: fn() } } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Spanish: Story = { globals: { locale: 'es' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const LongName: Story = {
  args: {
    offer: {
      state: 'open',
      offer: {
        keyName: keys.longName.name,
        account: longNamed.account.name ?? '',
        expiresAt: hoursAgo(-20),
      },
    },
  },
};
export const LongNamePhone: Story = { ...LongName, globals: { viewport: { value: 'phone' } } };
export const RevealedPhone: Story = {
  globals: { viewport: { value: 'phone' } },
  play: ({ canvasElement }) => reveal(canvasElement),
};
export const GonePortuguese: Story = { ...Gone, globals: { locale: 'pt' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
