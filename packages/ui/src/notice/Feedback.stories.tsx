import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { Badge } from '../badge/Badge.tsx';
import { Button } from '../button/Button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../dialog/Dialog.tsx';
import { EmptyState, ErrorState } from '../empty-state/EmptyState.tsx';
import { Sheet } from '../fixtures/Sheet.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { Skeleton } from '../skeleton/Skeleton.tsx';
import { useToast } from '../toast/Toast.tsx';
import type { ToastOptions } from '../toast/Toast.tsx';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import { Notice } from './Notice.tsx';

const meta: Meta<typeof Notice> = {
  title: 'Parts/Feedback',
  component: Notice,
  args: { children: 'The old token was used 2 hours ago.' },
  parameters: {
    accessibility: [
      {
        part: 'Notice',
        role: 'none, or alert, status, note',
        keys: 'alert is said at once: for what answers an action',
      },
      {
        part: 'Badge',
        role: 'none: its words',
        keys: 'nothing of its own; colour is never alone',
      },
      {
        part: 'EmptyState',
        role: 'heading',
        keys: 'Tab goes to what can be done',
      },
      {
        part: 'ErrorState',
        role: 'alert with heading',
        keys: 'said at once; Tab goes to Try again',
      },
      {
        part: 'Skeleton',
        role: 'hidden',
        keys: 'say "loading" once around it (status)',
      },
      {
        part: 'Toast',
        role: 'status in a region',
        keys: 'F8 goes to them; hover and focus hold them; Escape dismisses',
      },
      {
        part: 'Tooltip',
        role: 'tooltip that describes its button',
        keys: 'focus shows it, Escape hides it',
      },
    ],
  },
};

export default meta;
type Story = StoryObj<typeof Notice>;

export const Info: Story = {};
export const Success: Story = { args: { tone: 'success', title: 'Saved' } };
export const Warning: Story = {
  args: { tone: 'warning', action: <Button size="sm">Show</Button> },
};
export const Danger: Story = { args: { tone: 'danger', title: 'It did not work' } };

export const Badges: Story = {
  render: () => (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      {(['neutral', 'accent', 'success', 'warning', 'danger'] as const).map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone}
        </Badge>
      ))}
    </div>
  ),
};

export const Empty: Story = {
  render: () => (
    <EmptyState title="No API keys yet" action={<Button variant="primary">Generate key</Button>}>
      A key lets an integration call your API.
    </EmptyState>
  ),
};

const retry = fn();
export const Failed: Story = {
  render: () => <ErrorState onRetry={retry} />,
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Try again' }));
    await expect(retry).toHaveBeenCalledOnce();
  },
};

export const Loading: Story = {
  render: () => (
    <div role="status" aria-label="Loading" style={{ display: 'grid', gap: 8, maxInlineSize: 240 }}>
      <Skeleton width="70%" />
      <Skeleton width="90%" />
      <Skeleton width="50%" />
    </div>
  ),
};

function Toaster({ options }: { readonly options: ToastOptions }) {
  const toast = useToast();
  return <Button onClick={() => toast(options)}>Do it</Button>;
}

export const ToastSuccess: Story = {
  render: () => <Toaster options={{ title: 'ERP integration was saved' }} />,
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Do it' }));
    const news = within(document.body).getByRole('region', { name: /Notifications/ });
    await expect(within(news).getByText('ERP integration was saved')).toBeVisible();
    await userEvent.click(within(news).getByRole('button', { name: 'Dismiss' }));
    await expect(within(news).queryByText('ERP integration was saved')).toBeNull();
  },
};

const undo = fn();
export const ToastWithAction: Story = {
  parameters: { layout: 'fullscreen' },
  render: () => (
    <Toaster
      options={{
        tone: 'danger',
        title: 'It did not work',
        description: 'The connection was lost.',
        action: { label: 'Try again', onClick: undo },
      }}
    />
  ),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Do it' }));
    await expect(within(document.body).getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

/** The dialog stands at the bottom of a phone, so the news goes to the top. */
export const ToastAboveADialogOnAPhone: Story = {
  globals: { viewport: { value: 'phone' } },
  render: () => (
    <Dialog open onOpenChange={fn()} title="Edit ERP integration">
      <DialogBody>
        <Toaster options={{ title: 'Monthly report was saved' }} />
      </DialogBody>
      <DialogFooter>
        <Button>Cancel</Button>
        <Button variant="primary">Save</Button>
      </DialogFooter>
    </Dialog>
  ),
  play: async () => {
    const dialog = await within(document.body).findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Do it' }));
    const news = await within(document.body).findByText('Monthly report was saved');
    await expect(news.getBoundingClientRect().bottom).toBeLessThan(
      dialog.getBoundingClientRect().top,
    );
  },
};

export const Hint: Story = {
  render: () => (
    <div style={{ padding: 40 }}>
      <Tooltip content="Created 3 months ago">
        <Button>Focus me</Button>
      </Tooltip>
    </div>
  ),
  play: async () => {
    await userEvent.tab();
    await expect(await within(document.body).findByRole('tooltip')).toHaveTextContent(
      'Created 3 months ago',
    );
  },
};

function EveryNotice() {
  const { messages } = useLatchkey();
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Notice>{messages.roles.leakWarning}</Notice>
      <Notice tone="success" title={messages.settings.saved} />
      <Notice tone="warning" action={<Button size="sm">{messages.common.retry}</Button>}>
        {messages.roles.notLoaded}
      </Notice>
      <Notice tone="danger" title={messages.confirm.failed}>
        {messages.common.unknownError}
      </Notice>
      <EmptyState
        title={messages.states.emptyTitle}
        action={<Button variant="primary">{messages.page.generate}</Button>}
      >
        {messages.states.emptyText}
      </EmptyState>
    </div>
  );
}

export const EveryTheme: Story = {
  globals: { theme: 'light', viewport: { value: 'sheet' } },
  render: () => (
    <Sheet>
      <EveryNotice />
    </Sheet>
  ),
};
