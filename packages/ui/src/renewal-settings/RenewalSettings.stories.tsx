import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { RenewalSettings } from './RenewalSettings.tsx';

const meta: Meta<typeof RenewalSettings> = {
  title: 'Keys/RenewalSettings',
  component: RenewalSettings,
  args: { value: 3, onSave: fn() },
  parameters: {
    accessibility: [
      {
        part: 'RenewalSettings',
        role: 'radiogroup in a section with heading',
        keys: 'arrows choose; Save stays disabled until something changed; a failure is said at once (alert)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof RenewalSettings>;

export const Default: Story = {
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.click(canvas.getByRole('radio', { name: '6 months' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(args.onSave).toHaveBeenCalledWith(6);
  },
};
export const ReadOnly: Story = { args: { readOnly: true } };
export const Failed: Story = {
  args: { onSave: () => Promise.reject(new Error('You may not change the settings.')) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('radio', { name: '6 months' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent('may not change');
  },
};
export const Spanish: Story = { globals: { locale: 'es' } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
