import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import type { IssuedKey } from '../api-key/types.ts';
import { daysAgo } from '../fixtures/clock.ts';
import { keys, link } from '../fixtures/keys.ts';
import { RenewTokenDialog } from './RenewTokenDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';

const { name } = keys.due;

const meta: Meta<typeof RenewTokenDialog> = {
  title: 'Dialogs/RenewTokenDialog',
  component: RenewTokenDialog,
  args: {
    open: true,
    onOpenChange: fn(),
    apiKey: keys.due,
    onRenew: fn(async () => ({ key: { ...keys.twoTokens, name }, link })),
    onComplete: fn(),
  },
  parameters: {
    accessibility: [
      {
        part: 'RenewTokenDialog',
        role: 'dialog with radiogroup',
        keys: 'Tab stays inside; Escape asks to close; focus starts in the first field and returns to where it came from. A failure is said at once (alert). Arrows choose what becomes of the old token. With the link uncopied, Escape and Close ask first (alertdialog)',
      },
      {
        part: 'ScheduleDialog',
        role: 'dialog with radiogroup',
        keys: 'Tab stays inside; Escape asks to close; focus starts in the first field and returns to where it came from. A failure is said at once (alert)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof RenewTokenDialog>;

const dialog = () => within(within(document.body).getByRole('dialog'));

async function renew() {
  await userEvent.click(dialog().getByRole('button', { name: 'Renew token' }));
  await dialog().findByText('New token ready');
}

async function copy() {
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async () => undefined },
  });
  await userEvent.click(dialog().getByRole('button', { name: 'Copy link' }));
}

export const Ask: Story = {};

export const AskUndelivered: Story = { args: { apiKey: keys.linkExpired } };

export const RenewsOnce: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await userEvent.dblClick(dialog().getByRole('button', { name: 'Renew token' }));
    await dialog().findByText('New token ready');
    await expect(args.onRenew).toHaveBeenCalledOnce();
  },
};

const late = Promise.withResolvers<IssuedKey>();

export const StaysWhileTheLinkIsComing: Story = {
  parameters: { picture: false },
  args: { onRenew: () => late.promise },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('button', { name: 'Renew token' }));
    await expect(dialog().getByRole('button', { name: 'Close' })).toBeDisabled();
    await expect(dialog().getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await userEvent.keyboard('{Escape}');
    late.resolve({ key: keys.twoTokens, link });
    await expect(await dialog().findByLabelText('Single-access link')).toHaveValue(link.url);
    await expect(args.onOpenChange).not.toHaveBeenCalled();
  },
};

/** Whatever its owner does meanwhile, a link stands under the name of the key that it is for. */
export const NamesTheKeyOfTheLink: Story = {
  parameters: { picture: false },
  args: { onRenew: async () => ({ key: { ...keys.twoTokens, name: 'Warehouse scanner' }, link }) },
  play: async () => {
    await renew();
    await expect(dialog().getByText('Warehouse scanner')).toBeVisible();
  },
};

export const LinkAndChoice: Story = {
  play: async () => {
    await renew();
    await expect(dialog().getByRole('radio', { name: 'Later' })).toBeChecked();
  },
};

export const Later: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await waitFor(() => expect(args.onOpenChange).toHaveBeenCalledWith(false));
    await expect(args.onComplete).not.toHaveBeenCalled();
  },
};

export const Now: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('radio', { name: 'Now' }));
    await expect(dialog().getByText(/^The old token was used 2 hours ago/)).toBeVisible();
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await waitFor(() => expect(args.onComplete).toHaveBeenCalledWith({ when: 'now' }));
    await waitFor(() => expect(args.onOpenChange).toHaveBeenCalledWith(false));
  },
};

/** With the old token gone and the link lost nobody would get in any more. */
export const NowOnlyOnceTheLinkIsCopied: Story = {
  play: async ({ args }) => {
    await renew();
    await userEvent.click(dialog().getByRole('radio', { name: 'Now' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await expect(await dialog().findByRole('alert')).toHaveTextContent('Copy the link first');
    await expect(args.onComplete).not.toHaveBeenCalled();
    await expect(dialog().getByLabelText('Single-access link')).toHaveValue(link.url);
  },
};

export const Automatically: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('radio', { name: 'Automatically on…' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await expect(dialog().getByText('Choose a date.')).toBeVisible();
    const field = dialog().getByLabelText('Day and time');
    await fireEvent.change(field, { target: { value: '2027-04-01T09:00' } });
    await expect(dialog().getByText('Choose a date within the next 90 days.')).toBeVisible();
    await fireEvent.change(field, { target: { value: '2026-12-01T09:00' } });
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await waitFor(() =>
      expect(args.onComplete).toHaveBeenCalledWith({
        when: 'at',
        completeAt: '2026-12-01T09:00:00.000Z',
      }),
    );
  },
};

export const CompleteFails: Story = {
  args: { onComplete: () => Promise.reject(new Error('The old token could not be deleted.')) },
  play: async () => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('radio', { name: 'Now' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await expect(await dialog().findByRole('alert')).toHaveTextContent('could not be deleted');
    // The link is still there.
    await expect(dialog().getByLabelText('Single-access link')).toHaveValue(link.url);
  },
};

/** Sees that a part of the dialog is where it can be read: neither under its footer nor above its body. */
async function expectInView(part: HTMLElement) {
  const body = part.closest(':has(+ footer)') as HTMLElement;
  const [shown, frame] = [part.getBoundingClientRect(), body.getBoundingClientRect()];
  await expect(shown.top).toBeGreaterThanOrEqual(frame.top - 1);
  await expect(shown.bottom).toBeLessThanOrEqual(frame.bottom + 1);
}

/** The dialog is longer than the phone, and what went wrong is said at its end. */
export const FailureOnAShortPhone: Story = {
  args: { onComplete: () => Promise.reject(new Error('The old token could not be deleted.')) },
  globals: { viewport: { value: 'shortPhone' } },
  play: async () => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('radio', { name: 'Now' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await expectInView(await dialog().findByRole('alert'));
  },
};

/** The date that is missing may be above what is in view. */
export const NoDateOnAShortPhone: Story = {
  parameters: { picture: false },
  globals: { viewport: { value: 'shortPhone' } },
  play: async () => {
    await renew();
    await copy();
    await userEvent.click(dialog().getByRole('radio', { name: 'Automatically on…' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Complete' }));
    await expect(dialog().getByLabelText('Day and time')).toHaveFocus();
    await expectInView(dialog().getByText('Choose a date.'));
  },
};

export const WithoutOldToken: Story = {
  args: { onRenew: async () => ({ key: { ...keys.linkOpen, name }, link }) },
  play: async () => {
    await renew();
    await expect(dialog().queryByRole('radiogroup')).toBeNull();
  },
};

export const ChangeTheSchedule: Story = {
  args: { apiKey: keys.scheduled },
  render: (args) => (
    <ScheduleDialog
      open={args.open}
      onOpenChange={args.onOpenChange}
      apiKey={keys.scheduled}
      onSave={(completeAt) =>
        args.onComplete({ when: 'at', completeAt: completeAt ?? 'taken back' })
      }
    />
  ),
  play: async ({ args }) => {
    await expect(dialog().getByRole('radio', { name: 'Automatically on…' })).toBeChecked();
    await userEvent.click(dialog().getByRole('radio', { name: 'I delete it myself' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(args.onComplete).toHaveBeenCalledWith({ when: 'at', completeAt: 'taken back' }),
    );
  },
};

/** While nobody has the new token, the old one outlives its time. */
export const ScheduleBeforeItIsCollected: Story = {
  args: { apiKey: keys.scheduled },
  render: (args) => (
    <ScheduleDialog
      open={args.open}
      onOpenChange={args.onOpenChange}
      apiKey={{
        ...keys.scheduled,
        link: { ...keys.linkOpen.link, expiresAt: daysAgo(0) },
        tokens: keys.twoTokens.tokens,
      }}
      calls={{ day: 214, week: 1_502, month: 1_502 }}
      onSave={fn()}
    />
  ),
  play: async () => {
    await expect(dialog().getByText(/^Nobody has collected the new token yet/)).toBeVisible();
    await expect(dialog().getByText(/^The old token is still in use/)).toBeVisible();
  },
};

export const Portuguese: Story = {
  globals: { locale: 'pt' },
  play: async () => {
    await userEvent.click(dialog().getByRole('button', { name: 'Renovar token' }));
    await dialog().findByText('Token novo pronto');
  },
};
export const Phone: Story = { globals: { viewport: { value: 'phone' } }, play: renew };
export const Spanish: Story = {
  globals: { locale: 'es' },
  play: async () => {
    await userEvent.click(dialog().getByRole('button', { name: 'Renovar token' }));
    await dialog().findByText('Token nuevo listo');
  },
};
export const RightToLeft: Story = { globals: { direction: 'rtl' }, play: renew };
export const LongName: Story = { args: { apiKey: keys.longName } };
export const LongNameDone: Story = { args: { apiKey: keys.longName }, play: renew };
export const Compact: Story = { globals: { density: 'compact' }, play: renew };
export const HighContrast: Story = { globals: { contrast: 'more' }, play: renew };
