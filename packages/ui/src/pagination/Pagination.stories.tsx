import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { Pagination } from './Pagination.tsx';

const meta: Meta<typeof Pagination> = {
  title: 'Parts/Pagination',
  component: Pagination,
  args: {
    total: 1240,
    offset: 25,
    count: 25,
    hasPrevious: true,
    hasNext: true,
    onPrevious: fn(),
    onNext: fn(),
    pageSize: 25,
    onPageSizeChange: fn(),
  },
  parameters: {
    accessibility: [
      {
        part: 'Pagination',
        role: 'navigation with status',
        keys: 'Tab to the size (combobox), Previous and Next; Enter, Space. The range that is shown is said (status)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Pagination>;

export const Middle: Story = {
  play: async ({ args, canvasElement }) => {
    await expect(within(canvasElement).getByText('26–50 of 1,240')).toBeVisible();
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Next' }));
    await expect(args.onNext).toHaveBeenCalledOnce();
  },
};
export const First: Story = { args: { offset: 0, hasPrevious: false } };
export const Last: Story = { args: { offset: 1225, count: 15, hasNext: false } };
export const OnlyTheTotal: Story = {
  args: { offset: undefined, pageSize: undefined, onPageSizeChange: undefined },
};
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const RightToLeft: Story = { globals: { direction: 'rtl' } };
export const Phone: Story = { globals: { viewport: { value: 'phone' } } };
export const Spanish: Story = { globals: { locale: 'es' } };
export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { globals: { contrast: 'more' } };
