import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { hoursAgo } from '../fixtures/clock.ts';
import { externalKeys, keys, longNamed } from '../fixtures/keys.ts';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { BulkStatusConfirm } from './BulkStatusConfirm.tsx';
import {
  ActivateConfirm,
  DeactivateConfirm,
  DeleteConfirm,
  DeleteOldTokenConfirm,
  RemoveExternalKeyConfirm,
  UndoRenewalConfirm,
  WithdrawLinkConfirm,
} from './KeyConfirms.tsx';

const meta: Meta<typeof DeleteConfirm> = {
  title: 'Dialogs/Confirms',
  component: DeleteConfirm,
  args: { open: true, onOpenChange: fn(), onConfirm: fn(), apiKey: keys.plain },
  parameters: {
    accessibility: [
      {
        part: 'ConfirmDialog and all of these',
        role: 'alertdialog',
        keys: 'Tab stays inside; focus starts on Cancel; Escape cancels; a click outside does nothing. Space checks the box that Delete waits for',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof DeleteConfirm>;

const dialog = () => within(within(document.body).getByRole('alertdialog'));

export const Delete: Story = {
  play: async ({ args }) => {
    const box = dialog().getByRole('checkbox', {
      name: 'I understand that this action cannot be undone',
    });
    const button = dialog().getByRole('button', { name: 'Delete' });
    await waitFor(() => expect(dialog().getByRole('button', { name: 'Cancel' })).toHaveFocus());
    await expect(button).toBeDisabled();
    await userEvent.click(box);
    await expect(button).toBeEnabled();
    await userEvent.click(box);
    await expect(button).toBeDisabled();
    await expect(args.onConfirm).not.toHaveBeenCalled();
  },
};

export const DeleteWithCalls: Story = {
  args: {
    impact: (
      <UsageImpact
        lastUsedAt={keys.plain.lastUsedAt}
        calls={{ day: 1840, week: 12_903, month: 51_277 }}
      />
    ),
  },
};

export const DeleteWhileLookingUpCalls: Story = {
  args: { impact: <UsageImpact lastUsedAt={keys.due.lastUsedAt} calls="loading" /> },
};

export const DeleteNeverUsed: Story = { args: { apiKey: keys.neverUsed } };
export const DeleteLongName: Story = { args: { apiKey: keys.longName } };

export const DeleteFiresOnce: Story = {
  args: { onConfirm: fn(() => new Promise<void>(() => undefined)) },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('checkbox'));
    await userEvent.dblClick(dialog().getByRole('button', { name: 'Delete' }));
    await userEvent.click(dialog().getByRole('button', { name: 'Deleting…' }));
    await expect(args.onConfirm).toHaveBeenCalledOnce();
    // While it runs it cannot be closed under the person's hands.
    await userEvent.keyboard('{Escape}');
    await expect(args.onOpenChange).not.toHaveBeenCalled();
  },
};

export const DeleteFails: Story = {
  args: {
    onConfirm: () => Promise.reject(new Error('The connection was lost. The key was not deleted.')),
  },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('checkbox'));
    await userEvent.click(dialog().getByRole('button', { name: 'Delete' }));
    await expect(await dialog().findByRole('alert')).toHaveTextContent('The connection was lost');
    await expect(args.onOpenChange).not.toHaveBeenCalled();
  },
};

export const DeleteClosesWhenDone: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('checkbox'));
    await userEvent.click(dialog().getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(args.onOpenChange).toHaveBeenCalledWith(false));
  },
};

export const EscapeCancels: Story = {
  parameters: { picture: false },
  play: async ({ args }) => {
    await userEvent.keyboard('{Escape}');
    await expect(args.onOpenChange).toHaveBeenCalledWith(false);
    await expect(args.onConfirm).not.toHaveBeenCalled();
  },
};

export const Deactivate: Story = {
  render: ({ apiKey, ...args }) => <DeactivateConfirm {...args} apiKeys={[apiKey]} />,
};
export const DeactivateSeveral: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <DeactivateConfirm
      {...{ open, onOpenChange, onConfirm }}
      apiKeys={[keys.plain, keys.due, keys.overdue]}
    />
  ),
};
const several = [keys.plain, keys.due, keys.overdue];
const refused = fn((id: string) => {
  if (id === keys.due.id) throw new Error('It is not there any more.');
});
/** The others are switched off all the same; trying again is for what is left. */
export const BulkPartlyFails: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <BulkStatusConfirm
      {...{ open, onOpenChange }}
      status="inactive"
      apiKeys={several}
      onChangeOne={({ id }) => refused(id)}
      onChanged={onConfirm}
    />
  ),
  play: async ({ args }) => {
    refused.mockClear();
    await expect(dialog().getByText(/^2 of them were used within/)).toBeVisible();
    await userEvent.click(dialog().getByRole('button', { name: 'Deactivate' }));
    await expect(await dialog().findByRole('alert')).toHaveTextContent('2 of 3 keys were changed.');
    await expect(dialog().getByText('It is not there any more.')).toBeVisible();
    await expect(dialog().queryByText(keys.plain.name)).toBeNull();
    await expect(args.onConfirm).toHaveBeenLastCalledWith([keys.plain.id, keys.overdue.id]);
    await userEvent.click(dialog().getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(refused).toHaveBeenCalledTimes(4));
    await expect(refused).toHaveBeenLastCalledWith(keys.due.id);
    await expect(await dialog().findByRole('alert')).toHaveTextContent('2 of 3 keys were changed.');
    await expect(args.onOpenChange).not.toHaveBeenCalled();
  },
};
export const BulkSucceeds: Story = {
  parameters: { picture: false },
  render: ({ open, onOpenChange, onConfirm }) => (
    <BulkStatusConfirm
      {...{ open, onOpenChange }}
      status="active"
      apiKeys={several}
      onChangeOne={() => undefined}
      onChanged={onConfirm}
    />
  ),
  play: async ({ args }) => {
    await userEvent.click(dialog().getByRole('button', { name: 'Activate' }));
    await waitFor(() => expect(args.onOpenChange).toHaveBeenCalledWith(false));
    await expect(args.onConfirm).toHaveBeenCalledWith(several.map(({ id }) => id));
  },
};
export const Activate: Story = {
  args: { apiKey: keys.inactive },
  render: ({ apiKey, ...args }) => <ActivateConfirm {...args} apiKeys={[apiKey]} />,
};
const inUse = { day: 214, week: 1_502, month: 1_502 };
export const UndoRenewal: Story = {
  args: { apiKey: keys.twoTokens },
  render: ({ open, onOpenChange, onConfirm, apiKey }) => (
    <UndoRenewalConfirm
      {...{ open, onOpenChange, onConfirm }}
      apiKey={{ ...keys.twoTokens, ...apiKey }}
    />
  ),
};
export const UndoRenewalInUse: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <UndoRenewalConfirm {...{ open, onOpenChange, onConfirm }} apiKey={keys.plain} calls={inUse} />
  ),
  play: async () => {
    await expect(dialog().getByText('214')).toBeVisible();
    await expect(dialog().getByText(/^The new token is in use/)).toBeVisible();
  },
};
export const DeleteOldToken: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <DeleteOldTokenConfirm {...{ open, onOpenChange, onConfirm }} apiKey={keys.scheduled} />
  ),
};
export const DeleteOldTokenUsedToday: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <DeleteOldTokenConfirm
      {...{ open, onOpenChange, onConfirm }}
      apiKey={keys.twoTokens}
      calls={inUse}
    />
  ),
  play: async () => {
    await expect(dialog().getByText(/used 2 hours ago/)).toBeVisible();
    await expect(dialog().getByText('214')).toBeVisible();
  },
};
/** Nobody would be left with a token that works. */
export const DeleteOldTokenUncollected: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <DeleteOldTokenConfirm
      {...{ open, onOpenChange, onConfirm }}
      apiKey={{ ...keys.twoTokens, link: { ...keys.linkOpen.link, expiresAt: hoursAgo(0) } }}
    />
  ),
  play: async () => {
    await expect(dialog().getByText('Nobody has the new token yet')).toBeVisible();
    await expect(dialog().getByText(/until somebody opens it/)).toBeVisible();
  },
};
export const DeleteOldTokenNeverCollected: Story = {
  parameters: { picture: false },
  render: ({ open, onOpenChange, onConfirm }) => (
    <DeleteOldTokenConfirm
      {...{ open, onOpenChange, onConfirm }}
      apiKey={{ ...keys.twoTokens, link: { ...keys.linkExpired.link, expiresAt: hoursAgo(0) } }}
    />
  ),
  play: async () => {
    await expect(dialog().getByText(/until you renew again/)).toBeVisible();
  },
};
export const WithdrawLink: Story = { render: (args) => <WithdrawLinkConfirm {...args} /> };
export const RemoveExternalKey: Story = {
  render: ({ open, onOpenChange, onConfirm }) => {
    const [externalKey] = externalKeys;
    return externalKey ? (
      <RemoveExternalKeyConfirm {...{ open, onOpenChange, onConfirm }} externalKey={externalKey} />
    ) : (
      <></>
    );
  },
};
export const DeletePortuguese: Story = { globals: { locale: 'pt' } };
export const DeletePhone: Story = {
  args: { apiKey: keys.longName },
  globals: { viewport: { value: 'phone' } },
};
export const DeleteSpanish: Story = { globals: { locale: 'es' } };
export const DeleteRightToLeft: Story = { globals: { direction: 'rtl' } };
export const DeleteHighContrast: Story = { globals: { contrast: 'more' } };
export const DeactivatePortuguese: Story = { ...Deactivate, globals: { locale: 'pt' } };
export const DeactivateRightToLeft: Story = { ...Deactivate, globals: { direction: 'rtl' } };
export const DeactivatePhone: Story = {
  ...Deactivate,
  args: { apiKey: keys.longName },
  globals: { viewport: { value: 'phone' } },
};
export const DeactivateSeveralSpanish: Story = { ...DeactivateSeveral, globals: { locale: 'es' } };
export const ActivateSpanish: Story = { ...Activate, globals: { locale: 'es' } };
export const ActivateCompact: Story = { ...Activate, globals: { density: 'compact' } };
export const UndoRenewalPortuguese: Story = { ...UndoRenewal, globals: { locale: 'pt' } };
export const UndoRenewalLongName: Story = { ...UndoRenewal, args: { apiKey: keys.longName } };
export const DeleteOldTokenPortuguese: Story = { ...DeleteOldToken, globals: { locale: 'pt' } };
export const DeleteOldTokenRightToLeft: Story = {
  ...DeleteOldToken,
  globals: { direction: 'rtl' },
};
export const WithdrawLinkSpanish: Story = { ...WithdrawLink, globals: { locale: 'es' } };
export const RemoveExternalKeySpanish: Story = { ...RemoveExternalKey, globals: { locale: 'es' } };
export const RemoveExternalKeyLongName: Story = {
  render: ({ open, onOpenChange, onConfirm }) => (
    <RemoveExternalKeyConfirm {...{ open, onOpenChange, onConfirm }} externalKey={longNamed} />
  ),
};
