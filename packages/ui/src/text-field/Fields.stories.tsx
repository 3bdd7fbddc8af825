import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { Select } from '../select/Select.tsx';
import { Sheet } from '../fixtures/Sheet.tsx';
import { LatchkeyProvider, useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { DateTimeField } from './DateTimeField.tsx';
import { TextArea } from './TextArea.tsx';
import { TextField } from './TextField.tsx';

const meta: Meta<typeof TextField> = {
  title: 'Parts/Fields',
  component: TextField,
  args: { label: 'Key identification', onValueChange: fn() },
  decorators: [
    (Story, { name }) => (
      <div style={name === 'Every Theme' ? {} : { maxInlineSize: 360 }}>{Story()}</div>
    ),
  ],
  parameters: {
    accessibility: [
      {
        part: 'TextField, TextArea, DateTimeField',
        role: 'textbox, or the browser’s date field',
        keys: 'hint and error describe it; an error is said politely when it appears',
      },
      {
        part: 'Checkbox',
        role: 'checkbox',
        keys: 'Space; "some" is mixed',
      },
      {
        part: 'RadioGroup',
        role: 'radiogroup',
        keys: 'one tab stop; arrows choose',
      },
      {
        part: 'Select',
        role: 'combobox with listbox',
        keys: 'Enter, Space, arrows open; letters jump; Escape closes',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof TextField>;

export const Text: Story = {
  args: { hint: 'What helps you recognise it later.' },
  play: async ({ args, canvasElement }) => {
    const field = within(canvasElement).getByLabelText('Key identification');
    await userEvent.type(field, 'ERP');
    await expect(args.onValueChange).toHaveBeenLastCalledWith('ERP');
    await expect(field).toHaveAccessibleDescription('What helps you recognise it later.');
  },
};
export const Optional: Story = { args: { optional: true } };
export const Invalid: Story = {
  args: { error: 'Enter a name.', defaultValue: '' },
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByLabelText('Key identification')).toBeInvalid();
  },
};
export const Disabled: Story = { args: { disabled: true, defaultValue: 'ERP integration' } };
export const Monospaced: Story = {
  args: { mono: true, readOnly: true, value: 'lk-acme-7Q2M9XKD' },
};
export const Area: Story = { render: () => <TextArea label="Description" optional rows={3} /> };
export const Day: Story = {
  render: () => (
    <DateTimeField
      granularity="date"
      label="Expiry date"
      value="2026-12-31T23:59:59.999Z"
      onValueChange={fn()}
    />
  ),
};
export const DayAndTime: Story = {
  render: () => (
    <DateTimeField label="Day and time" value="2026-12-01T09:00:00Z" onValueChange={fn()} />
  ),
};

const moved = fn();
export const InAnotherTimeZone: Story = {
  parameters: { picture: false },
  render: () => (
    <LatchkeyProvider timeZone="America/Sao_Paulo">
      <DateTimeField label="Day and time" value="2026-12-01T09:00:00Z" onValueChange={moved} />
    </LatchkeyProvider>
  ),
  play: async ({ canvasElement }) => {
    const field = within(canvasElement).getByLabelText('Day and time');
    await expect(field).toHaveValue('2026-12-01T06:00');
    await fireEvent.change(field, { target: { value: '2026-12-02T07:30' } });
    await expect(moved).toHaveBeenCalledWith('2026-12-02T10:30:00.000Z');
  },
};

const checked = fn();
export const CheckboxStates: Story = {
  render: () => (
    <div style={{ display: 'grid', gap: 12 }}>
      <Checkbox label="Off" onCheckedChange={checked} />
      <Checkbox label="On" defaultChecked description="With a second line." />
      <Checkbox label="Some" checked="indeterminate" />
      <Checkbox label="Disabled" disabled />
      <Checkbox label="On and disabled" checked disabled />
    </div>
  ),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByText('Off'));
    await expect(checked).toHaveBeenCalledWith(true);
  },
};

const chosen = fn();
export const Radios: Story = {
  render: () => (
    <RadioGroup
      label="Delete the old token"
      value="later"
      onValueChange={chosen}
      options={[
        { value: 'later', label: 'Later', description: 'Both tokens work.' },
        { value: 'now', label: 'Now', description: 'The old token stops working at once.' },
        { value: 'at', label: 'On a date', disabled: true },
      ]}
    />
  ),
  play: async ({ canvasElement }) => {
    within(canvasElement).getByRole('radio', { name: 'Later' }).focus();
    // Up again before the focus has moved, as a screen reader presses it.
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(chosen).toHaveBeenCalledWith('now'));
  },
};

export const SelectClosed: Story = {
  render: () => (
    <Select
      label="Status"
      value="active"
      onValueChange={fn()}
      options={[
        { value: 'active', label: 'Active' },
        { value: 'inactive', label: 'Inactive' },
      ]}
    />
  ),
};

export const SelectOpen: Story = {
  ...SelectClosed,
  parameters: {
    // While the list is open Radix hides the rest of the page, its own button too, and keeps focus in it.
    a11y: { options: { rules: { 'aria-hidden-focus': { enabled: false } } } },
  },
  play: async ({ canvasElement }) => {
    within(canvasElement).getByRole('combobox').focus();
    await userEvent.keyboard('{Enter}');
    await expect(
      await within(document.body).findByRole('option', { name: 'Inactive' }),
    ).toBeVisible();
  },
};

export const SelectInvalid: Story = {
  render: () => (
    <Select
      label="Account"
      value=""
      placeholder="Choose an account"
      error="Choose an account."
      onValueChange={fn()}
      options={[{ value: 'acme', label: 'Acme Retail' }]}
    />
  ),
};

function EveryField() {
  const { messages } = useLatchkey();
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <TextField
        label={messages.fields.name}
        hint={messages.fields.nameHint}
        optional
        defaultValue="ERP"
      />
      <TextField label={messages.external.key} mono error={messages.external.keyRequired} />
      <Select
        label={messages.filters.status}
        value="active"
        onValueChange={fn()}
        options={[{ value: 'active', label: messages.status.active }]}
      />
      <Checkbox
        label={messages.fields.active}
        description={messages.fields.activeHint}
        defaultChecked
      />
      <RadioGroup
        label={messages.renew.when}
        value="later"
        onValueChange={fn()}
        options={[
          { value: 'later', label: messages.renew.later, description: messages.renew.laterHint },
          { value: 'now', label: messages.renew.now, description: messages.renew.nowHint },
        ]}
      />
    </div>
  );
}

export const EveryTheme: Story = {
  globals: { theme: 'light', viewport: { value: 'sheet' } },
  render: () => (
    <Sheet>
      <EveryField />
    </Sheet>
  ),
};
export const LongLabelPhone: Story = {
  args: {
    label: 'Identificação da integração que sincroniza os pedidos entre os depósitos regionais',
    error: 'Escreva um nome com no máximo cem caracteres, de qualquer alfabeto.',
  },
  globals: { viewport: { value: 'phone' } },
};
