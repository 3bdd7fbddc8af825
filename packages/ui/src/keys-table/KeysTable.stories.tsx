import { useState } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { Button } from '../button/Button.tsx';
import { allKeys, keys, manyKeys } from '../fixtures/keys.ts';
import { keyActions } from '../api-key/actions.ts';
import { DeleteConfirm } from '../key-confirms/KeyConfirms.tsx';
import type { ApiKey } from '../api-key/types.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { KeysTable } from './KeysTable.tsx';
import type { KeysColumn } from './KeysTable.tsx';

const meta: Meta<typeof KeysTable> = {
  title: 'Keys/KeysTable',
  component: KeysTable,
  args: {
    keys: allKeys,
    onAction: fn(),
    keyHref: (key) => `#/keys/${key.id}`,
  },
  parameters: {
    accessibility: [
      {
        part: 'KeysTable',
        role: 'grid',
        keys: 'one tab stop; arrows between widgets and rows; Home, End within a row, with Ctrl to the first and last row; Page Up, Page Down by what is in view. Enter on a heading sorts, Space on a box selects, Enter on the kebab opens its menu. When the focused row is deleted, the one in its place has the focus. Where rows are cards, a combobox sorts',
      },
      {
        part: 'ColumnsMenu',
        role: 'button with menu of checkboxes',
        keys: 'as a menu; Enter and Space check and leave it open',
      },
      {
        part: 'RoleList',
        role: 'button with tooltip',
        keys: 'focus shows all roles, as hover does',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof KeysTable>;

const few = [keys.plain, keys.due, keys.inactive];

export const EveryState: Story = {};

export const Selectable: Story = {
  args: {
    keys: few,
    bulkActions: ['activate', 'deactivate', 'export'],
    onBulkAction: fn(),
  },
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select ERP integration' }));
    await expect(canvas.getByText('1 selected')).toBeVisible();
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select all' }));
    await expect(canvas.getByText('3 selected')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Deactivate' }));
    await expect(args.onBulkAction).toHaveBeenCalledWith(
      'deactivate',
      few.map(({ id }) => id),
      expect.any(Function),
    );
  },
};

/** However long the list is, what can be done with the selected keys is at hand. */
export const SelectedOnAPhone: Story = {
  parameters: { picture: false },
  args: { keys: manyKeys(30), bulkActions: ['activate', 'deactivate'], onBulkAction: fn() },
  globals: { viewport: { value: 'phone' } },
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    const isInView = (element: HTMLElement) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    };
    const boxes = canvas.getAllByRole('checkbox', { name: /^Select/ });
    const [first, second] = boxes as [HTMLElement, HTMLElement];
    await userEvent.click(first);
    const bar = canvas.getByRole('group', { name: 'With the selected keys' });
    await expect(isInView(bar)).toBe(true);
    // What has the focus is not under the bar.
    const tenth = boxes[9] as HTMLElement;
    tenth.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(
      (document.activeElement as HTMLElement).getBoundingClientRect().bottom,
    ).toBeLessThanOrEqual(bar.getBoundingClientRect().top);
    await expect(isInView(bar)).toBe(true);
    await userEvent.click(second);
    await userEvent.click(within(bar).getByRole('button', { name: 'Deactivate' }));
    await expect(args.onBulkAction).toHaveBeenCalledWith(
      'deactivate',
      manyKeys(30)
        .slice(0, 2)
        .map(({ id }) => id),
      expect.any(Function),
    );
    // The bar goes, and the focus stays in the list.
    await userEvent.click(within(bar).getByRole('button', { name: 'Clear selection' }));
    await expect(bar).not.toBeInTheDocument();
    await waitFor(() =>
      expect(canvas.getByRole('grid')).toContainElement(document.activeElement as HTMLElement),
    );
  },
};

export const SelectedPhone: Story = {
  args: {
    keys: [keys.plain],
    bulkActions: ['activate', 'deactivate'],
    defaultSelectedIds: [keys.plain.id, 'elsewhere'],
  },
  globals: { viewport: { value: 'phone' } },
};

export const Tablet: Story = {
  args: { bulkActions: ['export'] },
  render: (args) => (
    <div style={{ maxInlineSize: 776 }}>
      <KeysTable {...args} />
    </div>
  ),
  globals: { theme: 'light' },
};

/** What was selected on another page still counts. */
export const SelectedOnOtherPages: Story = {
  args: {
    keys: few,
    bulkActions: ['activate', 'deactivate'],
    onBulkAction: fn(),
    defaultSelectedIds: ['on-another-page', keys.due.id],
  },
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('status')).toHaveTextContent('2 selected · 1 not on this page');
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select all' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Activate' }));
    await expect(args.onBulkAction).toHaveBeenCalledWith(
      'activate',
      ['on-another-page', keys.due.id, keys.plain.id, keys.inactive.id],
      expect.any(Function),
    );
  },
};

export const Sorted: Story = {
  args: { keys: [keys.plain, keys.overdue, keys.neverUsed, keys.due] },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const names = () =>
      canvas
        .getAllByRole('row')
        .slice(1)
        .map((row) => within(row).getAllByRole('link')[0]?.textContent);
    await userEvent.click(canvas.getByRole('button', { name: 'Key' }));
    await expect(names()).toEqual([
      'ERP integration',
      'Legacy point of sale',
      'Loyalty prototype',
      'Price comparison feed',
    ]);
    await userEvent.click(canvas.getByRole('button', { name: 'Last used' }));
    await expect(names().at(0)).toBe('ERP integration');
    // What was never used comes last in either order.
    await expect(names().at(-1)).toBe('Loyalty prototype');
    await userEvent.click(canvas.getByRole('button', { name: 'Last used' }));
    await expect(names().at(-1)).toBe('Loyalty prototype');
    await expect(canvas.getByRole('columnheader', { name: 'Last used' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
  },
};

export const SortedByServer: Story = {
  args: { keys: few, sort: { column: 'createdAt', order: 'desc' }, onSortChange: fn() },
  play: async ({ args, canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Created' }));
    await expect(args.onSortChange).toHaveBeenCalledWith({ column: 'createdAt', order: 'asc' });
  },
};

export const Keyboard: Story = {
  args: { keys: few, bulkActions: ['export'] },
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.tab();
    await expect(canvas.getByRole('checkbox', { name: 'Select all' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(canvas.getByRole('checkbox', { name: 'Select ERP integration' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(canvas.getByRole('link', { name: 'ERP integration' })).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect(canvas.getByRole('button', { name: 'Actions for ERP integration' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(
      canvas.getByRole('button', { name: 'Actions for Price comparison feed' }),
    ).toHaveFocus();
    await userEvent.keyboard('{Home}');
    await expect(
      canvas.getByRole('checkbox', { name: 'Select Price comparison feed' }),
    ).toHaveFocus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect(canvas.getByRole('button', { name: 'Actions for Former agency' })).toHaveFocus();
    // The menu: Enter opens it, typing jumps, Enter chooses, and focus comes back.
    await userEvent.keyboard('{Enter}');
    const menu = await within(document.body).findByRole('menu');
    await userEvent.keyboard('del');
    await waitFor(() =>
      expect(within(menu).getByRole('menuitem', { name: 'Delete' })).toHaveFocus(),
    );
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(args.onAction).toHaveBeenCalledWith('delete', keys.inactive, expect.anything()),
    );
    await expect(canvas.getByRole('button', { name: 'Actions for Former agency' })).toHaveFocus();
    // One tab stop: the next Tab leaves the table.
    await userEvent.tab();
    await expect(canvas.getByRole('grid').contains(document.activeElement)).toBe(false);
  },
};

function TableWithDialog(props: { readonly keys: readonly ApiKey[] }) {
  const [asked, setAsked] = useState<{ key: ApiKey; back: () => HTMLElement | null } | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <KeysTable
        keys={props.keys}
        onAction={(_, key, back) => {
          setAsked({ key, back });
          setOpen(true);
        }}
      />
      {asked && (
        <DeleteConfirm
          open={open}
          onOpenChange={setOpen}
          returnFocusTo={asked.back}
          apiKey={asked.key}
          onConfirm={() => undefined}
        />
      )}
    </>
  );
}

export const DialogFromMenu: Story = {
  args: { keys: few },
  render: ({ keys: shown }) => <TableWithDialog keys={shown} />,
  play: async ({ canvasElement }) => {
    const kebab = within(canvasElement).getByRole('button', {
      name: 'Actions for ERP integration',
    });
    await userEvent.click(kebab);
    await userEvent.click(await within(document.body).findByRole('menuitem', { name: 'Delete' }));
    await within(document.body).findByRole('alertdialog');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(kebab).toHaveFocus());
    await expect(document.body.style.pointerEvents).not.toBe('none');
  },
};

function TableWithColumns(props: { readonly keys: readonly ApiKey[] }) {
  const [hidden, setHidden] = useState<readonly KeysColumn[]>(['roles']);
  return (
    <div style={{ display: 'grid', gap: 12, justifyItems: 'start' }}>
      <ColumnsMenu hiddenColumns={hidden} onHiddenColumnsChange={setHidden} />
      <div style={{ inlineSize: '100%' }}>
        <KeysTable keys={props.keys} hiddenColumns={hidden} />
      </div>
    </div>
  );
}

export const ChosenColumns: Story = {
  args: { keys: few },
  render: ({ keys: shown }) => <TableWithColumns keys={shown} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.queryByRole('columnheader', { name: 'Roles' })).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'Columns' }));
    await userEvent.click(
      await within(document.body).findByRole('menuitemcheckbox', { name: 'Created' }),
    );
    await expect(within(document.body).getByRole('menu')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('columnheader', { name: 'Created' })).toBeNull());
  },
};

export const MenuOfPendingRenewal: Story = {
  args: { keys: [keys.twoTokens], allowedActions: keyActions },
  play: async ({ args, canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /^Actions/ }));
    const menu = await within(document.body).findByRole('menu');
    const renew = within(menu).getByRole('menuitem', { name: /Renew token/ });
    await expect(renew).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(renew);
    await expect(args.onAction).not.toHaveBeenCalled();
    await expect(menu).toBeVisible();
  },
};

export const ReadOnly: Story = { args: { keys: few, allowedActions: ['open'] } };
export const AllRolesOnFocus: Story = {
  args: { keys: [keys.thirtyRoles] },
  play: async ({ canvasElement }) => {
    const more = within(canvasElement).getByRole('button', { name: '28 more roles' });
    await waitFor(() => {
      more.focus();
      return expect(within(document.body).getByRole('tooltip')).toHaveTextContent(
        'Region 30 fulfilment',
      );
    });
  },
};

export const Loading: Story = { args: { keys: [], view: { state: 'loading' } } };
export const Empty: Story = {
  args: { keys: [], emptyAction: <Button variant="primary">Generate key</Button> },
};
export const NoResult: Story = {
  args: { keys: [], filtered: true, noResultAction: <Button>Clear filters</Button> },
};

const retry = fn();
export const Failed: Story = {
  args: {
    keys: [],
    view: { state: 'error', message: 'The server did not answer in time.', onRetry: retry },
  },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Try again' }));
    await expect(retry).toHaveBeenCalledOnce();
  },
};
export const Forbidden: Story = { args: { keys: [], view: { state: 'forbidden' } } };

export const Compact: Story = { globals: { density: 'compact' } };
export const HighContrast: Story = { args: { keys: few }, globals: { contrast: 'more' } };
export const Portuguese: Story = { globals: { locale: 'pt' } };
export const Spanish: Story = { args: { keys: few }, globals: { locale: 'es' } };
export const RightToLeft: Story = {
  args: { keys: [keys.arabic, keys.plain, keys.due] },
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    canvas.getByRole('link', { name: keys.due.name }).focus();
    // What comes next in reading order is at the left.
    await userEvent.keyboard('{ArrowLeft}');
    await expect(canvas.getByRole('button', { name: 'Renewal due' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(canvas.getByRole('link', { name: keys.due.name })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(canvas.getByRole('link', { name: keys.due.name })).toHaveFocus();
    (document.activeElement as HTMLElement).blur();
  },
};
export const Phone: Story = {
  args: {
    keys: [keys.overdue, keys.twoTokens, keys.longName, keys.inactive],
    bulkActions: ['export'],
  },
  globals: { viewport: { value: 'phone' } },
};

export const PageKeys: Story = {
  parameters: { picture: false },
  args: { keys: manyKeys(100) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const [row1, row11] = manyKeys(100).filter((_, index) => index === 0 || index === 10);
    canvas.getByRole('link', { name: row1?.name ?? '' }).focus();
    await userEvent.keyboard('{PageDown}');
    await expect(canvas.getByRole('link', { name: row11?.name ?? '' })).toHaveFocus();
    await userEvent.keyboard('{PageUp}{PageUp}');
    await expect(canvas.getByRole('link', { name: row1?.name ?? '' })).toHaveFocus();
    await userEvent.keyboard('{Control>}{End}{/Control}{PageDown}');
    await expect(document.activeElement).toHaveAccessibleName(/^Actions for .* 100$/);
  },
};

export const NothingFocusedUnderTheHeader: Story = {
  parameters: { picture: false },
  args: { keys: manyKeys(100) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const head = canvas.getAllByRole('rowgroup')[0] as HTMLElement;
    canvas.getByRole('link', { name: manyKeys(60).at(-1)?.name ?? '' }).focus();
    for (let step = 0; step < 40; step += 1) {
      await userEvent.keyboard('{ArrowUp}');
      const { top } = (document.activeElement as HTMLElement).getBoundingClientRect();
      await expect(top).toBeGreaterThanOrEqual(head.getBoundingClientRect().bottom);
    }
    // It did stay in view: the page scrolls, the header does not.
    await expect(window.scrollY).toBeGreaterThan(0);
    await expect(head.getBoundingClientRect().top).toBe(0);
  },
};

const hundredThousand = manyKeys(100_000);

export const HundredThousandRows: Story = {
  args: { keys: hundredThousand, maxHeight: '480px', bulkActions: ['export'] },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const grid = canvas.getByRole('grid');
    await expect(grid).toHaveAttribute('aria-rowcount', '100001');
    // Only what is in view is drawn.
    await expect(canvas.getAllByRole('row').length).toBeLessThan(60);
    canvas.getByRole('checkbox', { name: 'Select all' }).focus();
    await userEvent.keyboard('{ArrowDown}{Control>}{End}{/Control}');
    await waitFor(() =>
      expect(document.activeElement).toHaveAccessibleName(
        `Actions for ${hundredThousand.at(-1)?.name}`,
      ),
    );
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await waitFor(() =>
      expect(document.activeElement).toHaveAccessibleName(`Select ${hundredThousand[0]?.name}`),
    );
    (document.activeElement as HTMLElement).blur();
  },
};
