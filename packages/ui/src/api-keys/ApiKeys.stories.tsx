import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { Button } from '../button/Button.tsx';
import { storyClock } from '../fixtures/clock.ts';
import { allKeys, externalKeys, manyKeys } from '../fixtures/keys.ts';
import { roles } from '../fixtures/roles.ts';
import { createMemorySource } from '../testing/memory-source.ts';
import type { MemorySourceOptions } from '../testing/memory-source.ts';
import { ApiKeys } from './ApiKeys.tsx';
import type { ApiKeysDataSource } from './source.ts';

function Embedded(props: {
  readonly options: MemorySourceOptions;
  readonly broken?: Partial<ApiKeysDataSource> | undefined;
}) {
  const [source] = useState(() => ({
    ...createMemorySource({
      keys: allKeys,
      externalKeys,
      roles,
      now: storyClock,
      ...props.options,
    }),
    ...props.broken,
  }));
  return <ApiKeys source={source} />;
}

const meta: Meta<typeof Embedded> = {
  title: 'Page/ApiKeys',
  component: Embedded,
  args: { options: {} },
  parameters: {
    accessibility: [
      {
        part: 'ApiKeys',
        role: 'heading, tablist, then the roles of its parts',
        keys: 'Tab goes from the tabs to search, filters, buttons and the table (one stop). How many keys there are, what is selected and what was done is said (status); a list that fails says so at once (alert)',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Embedded>;

const screen = within(document.body);

export const Everything: Story = {
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};

export const WholeDayOfAKey: Story = {
  parameters: { picture: false },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async () => undefined },
    });
    // Generate, copy the link, close.
    await userEvent.click(await canvas.findByRole('button', { name: 'Generate key' }));
    const form = within(await screen.findByRole('dialog'));
    await userEvent.type(form.getByLabelText('Key identification'), 'A brand new integration');
    await userEvent.click(form.getByRole('button', { name: 'Generate' }));
    const done = within(await screen.findByRole('dialog'));
    await userEvent.click(await done.findByRole('button', { name: 'Copy link' }));
    await userEvent.click(done.getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    const kebab = await canvas.findByRole('button', {
      name: 'Actions for A brand new integration',
    });
    // Its link is open: it cannot be renewed yet, but deactivated.
    await userEvent.click(kebab);
    await expect(await screen.findByRole('menuitem', { name: /^Renew token/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'Deactivate' }));
    await userEvent.click(
      within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Deactivate' }),
    );
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    const row = () =>
      canvas.getByText('A brand new integration').closest<HTMLElement>('[role=row]');
    await waitFor(() => expect(row()).toHaveTextContent('Inactive'));
    // Delete: the box first.
    await userEvent.click(
      canvas.getByRole('button', { name: 'Actions for A brand new integration' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const asked = within(await screen.findByRole('alertdialog'));
    await userEvent.click(asked.getByRole('checkbox'));
    await userEvent.click(asked.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(canvas.queryByText('A brand new integration')).toBeNull());
  },
};

export const SearchAndPages: Story = {
  args: { options: { keys: manyKeys(240) } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByText('1–25 of 240')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Next' }));
    await expect(await canvas.findByText('26–50 of 240')).toBeVisible();
    // A new search begins at the first page.
    await userEvent.type(canvas.getByRole('searchbox'), 'lisbon{Enter}');
    await expect(await canvas.findByText(/^1–25 of 27$/)).toBeVisible();
    await userEvent.type(canvas.getByRole('searchbox'), ' nowhere{Enter}');
    await expect(await canvas.findByText('No key matches')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Clear filters' }));
    await expect(await canvas.findByText('1–25 of 240')).toBeVisible();
  },
};

export const BulkDeactivate: Story = {
  parameters: { picture: false },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Select ERP integration' }));
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select Newsletter sync' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Deactivate' }));
    const asked = within(await screen.findByRole('alertdialog', { name: 'Deactivate 2 keys?' }));
    await userEvent.click(asked.getByRole('button', { name: 'Deactivate' }));
    await expect(await screen.findByText('2 keys were deactivated')).toBeVisible();
  },
};

export const ExternalKeys: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('tab', { name: 'External' }));
    await canvas.findByText('lk-swiftship-Q8N4T2VX');
  },
};

export const Settings: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('tab', { name: 'Settings' }));
    await userEvent.click(await canvas.findByRole('radio', { name: '6 months' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await screen.findByText('Settings saved')).toBeVisible();
  },
};

export const ReadOnlySource: Story = {
  args: { options: { capabilities: [] } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText('ERP integration');
    for (const name of ['Generate key', 'Export', /^Actions/]) {
      await expect(canvas.queryByRole('button', { name })).toBeNull();
    }
    await expect(canvas.queryByRole('tab')).toBeNull();
    await expect(canvas.queryByRole('checkbox')).toBeNull();
  },
};

export const NothingYet: Story = { args: { options: { keys: [] } } };

export const Unreachable: Story = {
  args: { broken: { listKeys: () => Promise.reject(new Error('The server cannot be reached.')) } },
  play: async ({ canvasElement }) => {
    await expect(
      await within(canvasElement).findByText('The server cannot be reached.'),
    ).toBeVisible();
  },
};

export const Forbidden: Story = {
  args: {
    broken: {
      listKeys: () =>
        Promise.reject(Object.assign(new Error('You may not see it.'), { code: 'FORBIDDEN' })),
    },
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByText('You cannot see the keys of this account')).toBeVisible();
    // Trying again would not help.
    await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull();
  },
};

const unreachable = () => Promise.reject(new Error('The server cannot be reached.'));
const rolesMissing = 'The roles could not be loaded: none can be chosen now.';

export const RolesUnreachable: Story = {
  args: { broken: { listRoles: unreachable } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(rolesMissing);
  },
};

const answerRoles = fn<ApiKeysDataSource['listRoles']>();
export const RolesComeOnRetry: Story = {
  parameters: { picture: false },
  args: { broken: { listRoles: answerRoles } },
  beforeEach: () => {
    answerRoles.mockReset().mockResolvedValue(roles).mockImplementationOnce(unreachable);
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText(rolesMissing);
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(canvas.queryByText(rolesMissing)).toBeNull());
  },
};

function TwoSources() {
  const [first] = useState(() =>
    createMemorySource({ keys: allKeys, roles, now: storyClock, capabilities: [] }),
  );
  const [second] = useState(() => createMemorySource({ keys: manyKeys(60), now: storyClock }));
  const [source, setSource] = useState<ApiKeysDataSource>(first);
  return (
    <>
      <Button onClick={() => setSource(second)}>Another account</Button>
      <ApiKeys source={source} />
    </>
  );
}

export const AnotherSource: Story = {
  parameters: { picture: false },
  render: () => <TwoSources />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText('ERP integration');
    await userEvent.click(canvas.getByRole('button', { name: 'Another account' }));
    await expect(canvas.queryByText('ERP integration')).toBeNull();
    await canvas.findByText('1–25 of 60');
    // What this one can do is on the screen now.
    await expect(canvas.getByRole('button', { name: 'Generate key' })).toBeVisible();
    await expect(canvas.getAllByRole('button', { name: /^Actions/ })[0]).toBeVisible();
  },
};

export const StillLoading: Story = {
  args: { broken: { listKeys: () => new Promise(() => undefined) } },
};

export const Portuguese: Story = {
  globals: { locale: 'pt' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
export const Spanish: Story = {
  globals: { locale: 'es' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
export const Phone: Story = {
  globals: { viewport: { value: 'phone' } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
export const Compact: Story = {
  globals: { density: 'compact' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
export const HighContrast: Story = {
  globals: { contrast: 'more' },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('Storefront checkout');
  },
};
