import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { keys } from '../fixtures/keys.ts';
import { thirtyRoles } from '../fixtures/roles.ts';
import { Combobox } from './Combobox.tsx';

const meta: Meta<typeof Combobox<string>> = {
  title: 'Parts/Combobox',
  component: Combobox,
  args: {
    label: 'Role',
    options: [
      { value: '', label: 'Role: all' },
      ...thirtyRoles.map(({ id, name }) => ({ value: id, label: name })),
    ],
    defaultValue: '',
    onValueChange: fn(),
  },
  decorators: [(Story) => <div style={{ maxInlineSize: 280, minBlockSize: 380 }}>{Story()}</div>],
  parameters: {
    accessibility: [
      {
        part: 'Combobox',
        role: 'combobox with listbox',
        keys: 'typing narrows the list; arrows move, Home and End to the ends of the text; Enter chooses; Escape closes and keeps the choice, as Tab does. How many match is said (status)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Combobox<string>>;

const field = (canvasElement: HTMLElement) =>
  within(canvasElement).getByRole<HTMLInputElement>('combobox', { name: 'Role' });
const options = () => within(document.body).getAllByRole('option');

export const Closed: Story = {};

export const Open: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(field(canvasElement));
    await expect(options()).toHaveLength(31);
    await expect(field(canvasElement)).toHaveAttribute('aria-expanded', 'true');
  },
};

export const FindsByTyping: Story = {
  play: async ({ args, canvasElement }) => {
    const input = field(canvasElement);
    await userEvent.click(input);
    // The text of the choice is selected: typing replaces it.
    await userEvent.keyboard('ION 2');
    await waitFor(() => expect(options()).toHaveLength(11));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect(input.getAttribute('aria-activedescendant')).toBe(options()[1]?.id);
    await expect(args.onValueChange).not.toHaveBeenCalled();
  },
};

export const ChoosesWithEnter: Story = {
  parameters: { picture: false },
  play: async ({ args, canvasElement }) => {
    const input = field(canvasElement);
    await userEvent.click(input);
    await userEvent.keyboard('region 17{ArrowDown}{Enter}');
    await expect(args.onValueChange).toHaveBeenCalledOnce();
    await expect(args.onValueChange).toHaveBeenCalledWith('region-17');
    await expect(input).toHaveValue('Region 17 fulfilment');
    await expect(input).toHaveFocus();
    // The whole list is there again, with the choice marked.
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(options()).toHaveLength(31));
    await expect(
      within(document.body).getByRole('option', { name: 'Region 17 fulfilment' }),
    ).toHaveAttribute('aria-selected', 'true');
  },
};

export const NothingFound: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(field(canvasElement));
    await userEvent.keyboard('teleport');
    await expect(await within(document.body).findByText('Nothing matches')).toBeVisible();
  },
};

export const EscapeKeepsTheChoice: Story = {
  parameters: { picture: false },
  args: { defaultValue: 'region-2' },
  play: async ({ args, canvasElement }) => {
    const input = field(canvasElement);
    await userEvent.click(input);
    await userEvent.keyboard('tele{Escape}');
    await expect(within(document.body).queryByRole('option')).toBeNull();
    await expect(input).toHaveValue('Region 2 fulfilment');
    await userEvent.keyboard('tele');
    await userEvent.tab();
    await expect(input).toHaveValue('Region 2 fulfilment');
    await expect(args.onValueChange).not.toHaveBeenCalled();
  },
};

export const Invalid: Story = { args: { defaultValue: 'region-2', error: 'Choose another role.' } };
export const Disabled: Story = { args: { disabled: true, defaultValue: 'region-2' } };

const opened: Story['play'] = ({ canvasElement }) => userEvent.click(field(canvasElement));
export const RightToLeft: Story = { globals: { direction: 'rtl' }, play: opened };
export const Phone: Story = { globals: { viewport: { value: 'phone' } }, play: opened };
export const HighContrast: Story = { globals: { contrast: 'more' }, play: opened };
export const LongNames: Story = {
  args: {
    options: [{ value: 'long', label: keys.longName.name }],
    defaultValue: 'long',
  },
  play: opened,
};
