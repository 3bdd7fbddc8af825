import { Webhook } from 'standardwebhooks';
import { withDatabase } from '../src/database.ts';
import { startReceiver } from '../src/receiver.ts';
import { choose, copyBy, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

// The receivers run on this machine.
test.use({ variables: { LATCHKEY_PRIVATE_WEBHOOKS: 'on' } });

test('a webhook is made, tested and told of a deleted key, signed by the secret that was shown once', async ({
  account,
  page,
}) => {
  await using receiver = await startReceiver();
  await account.key('Billing');
  await page.goto(`${account.path}/keys`);
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await expect(page).toHaveURL(`${account.path}/webhooks`);
  await expect(page.getByText('No webhooks')).toBeVisible();

  await page.getByRole('button', { name: 'New webhook' }).click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Enter the URL.')).toBeVisible();
  await expect(form.getByText('Choose at least one.')).toBeVisible();
  await form.getByLabel('URL').fill('ftp://hooks.example.com/');
  await form.getByLabel('Description').fill('To the log');
  await form.getByRole('checkbox', { name: 'Key deleted' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Use https.')).toBeVisible();
  await form.getByLabel('URL').fill(receiver.url);
  await form.getByRole('button', { name: 'Save' }).click();

  const shown = page.getByRole('dialog', { name: 'Signing secret' });
  await expect(shown.getByLabel('Secret', { exact: true })).toHaveValue(/^whsec_/);
  // It does not go before it is copied.
  await shown.getByRole('button', { name: 'Close' }).last().click();
  const asked = page.getByRole('alertdialog');
  await expect(asked).toContainText('You have not copied the secret');
  await asked.getByRole('button', { name: 'Go back' }).click();
  const secret = await copyBy(shown, 'Copy secret');
  await shown.getByRole('button', { name: 'Close' }).last().click();
  await expect(shown).toBeHidden();

  await expect(rowOf(page, receiver.host)).toContainText('To the log');
  await expect(rowOf(page, receiver.host)).toContainText('Key deleted');
  await page.getByRole('link', { name: receiver.host }).click();
  await expect(page.getByText('Nothing sent yet')).toBeVisible();
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(toastOf(page, 'A test is on its way')).toBeVisible();
  await expect(rowOf(page, 'Delivered')).toContainText('Answered 204');

  await page.getByRole('link', { name: 'API keys' }).click();
  await choose(page, 'Billing', 'Delete');
  const dialog = page.getByRole('alertdialog', { name: /Delete/ });
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rowOf(page, 'Billing')).toBeHidden();
  await expect.poll(() => receiver.messages.length).toBe(2);
  const [, told] = receiver.messages;
  const event = new Webhook(secret).verify(told?.body ?? '', { ...told?.headers });
  expect(event).toMatchObject({ type: 'key.deleted', data: { key: { name: 'Billing' } } });
});

test('a delivery that failed says why, is sent again by hand, and waits while the webhook is paused', async ({
  account,
  latchkey,
  page,
}) => {
  await using receiver = await startReceiver();
  receiver.answer(500);
  const { url } = receiver;
  const created = await account.owner.ask<{ webhook: { id: string } }>(
    'POST',
    `/v1/accounts/${account.slug}/webhooks`,
    { url, types: ['key.deleted'] },
  );
  await page.goto(`${account.path}/webhooks/${created.webhook.id}`);
  await page.getByRole('button', { name: 'Send test' }).click();
  const delivery = rowOf(page, 'Test');
  await expect(delivery).toContainText('Answered 500');
  await expect(delivery).toContainText('Next attempt');
  // Not by itself while this goes on.
  withDatabase(latchkey.database, (database) =>
    database
      .prepare(
        'update webhook_delivery set next_attempt_at = next_attempt_at + :hour where webhook_id = :id',
      )
      .run({ hour: 60 * 60 * 1000, id: created.webhook.id }),
  );
  receiver.answer(200);
  await delivery.getByRole('button', { name: 'Send again: Test' }).click();
  await expect(delivery).toContainText('Delivered');

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('What there is to tell waits')).toBeVisible();
  const before = receiver.messages.length;
  await delivery.getByRole('button', { name: 'Send again: Test' }).click();
  await expect(toastOf(page, 'It is sent once the webhook is active')).toBeVisible();
  await expect(delivery).toContainText('Pending');
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(delivery).toContainText('Delivered');
  expect(receiver.messages).toHaveLength(before + 1);

  await choose(page, receiver.host, 'Replace secret');
  const replace = page.getByRole('dialog', { name: 'Replace secret' });
  await replace.getByRole('button', { name: 'Replace secret' }).click();
  const shown = page.getByRole('dialog', { name: 'Signing secret' });
  expect(await copyBy(shown, 'Copy secret')).toMatch(/^whsec_/);
  await shown.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('The former secret signs too until')).toBeVisible();

  await choose(page, receiver.host, 'Delete');
  const confirm = page.getByRole('alertdialog', { name: `Delete ${receiver.host}?` });
  await confirm.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(`${account.path}/webhooks`);
  await expect(page.getByText('No webhooks')).toBeVisible();
  await page.goto(`${account.path}/webhooks/${created.webhook.id}`);
  await expect(page.getByText('This webhook does not exist')).toBeVisible();
});

test('who may not change the settings sees no webhooks, and says what they are mailed', async ({
  account,
  openPage,
}) => {
  const viewer = await account.member('Rui', [await account.predefinedRole('Viewer')]);
  const page = await openPage(viewer.session);
  await page.goto(`${account.path}/keys`);
  await expect(page.getByRole('link', { name: 'API keys' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Webhooks' })).toBeHidden();
  await page.goto(`${account.path}/webhooks`);
  await expect(page.getByRole('heading', { name: 'Webhooks' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New webhook' })).toBeHidden();

  await page.goto(`${account.path}/profile`);
  const card = page.locator('section').filter({ hasText: 'What you are mailed about' });
  await expect(card).toContainText('No mail is set up on this instance.');
  await card.getByRole('checkbox', { name: 'Alerts, once a day' }).uncheck();
  await card.getByRole('radio', { name: 'Português' }).check();
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(toastOf(page, 'Your mail preference was saved')).toBeVisible();
  await page.reload();
  await expect(card.getByRole('checkbox', { name: 'Alerts, once a day' })).not.toBeChecked();
  await expect(card.getByRole('checkbox', { name: 'Important events' })).toBeChecked();
  await expect(card.getByRole('radio', { name: 'Português' })).toBeChecked();
});

test('a webhook is made and looked at by keyboard alone on a narrow screen, which nothing runs out of', async ({
  account,
  openPage,
  owner,
}) => {
  await using receiver = await startReceiver();
  const page = await openPage(owner, { viewport: { width: 360, height: 740 } });
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      360,
    );
  await page.goto(`${account.path}/webhooks`);
  const create = page.getByRole('button', { name: 'New webhook' });
  await expect(create).toBeVisible();
  await fits();
  await create.focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await expect(form.getByLabel('URL')).toBeFocused();
  await page.keyboard.type(receiver.url);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(form.getByRole('checkbox', { name: 'Key deleted' })).toBeFocused();
  await page.keyboard.press('Space');
  await fits();
  await form.getByLabel('URL').focus();
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: 'Signing secret' });
  const copy = shown.getByRole('button', { name: 'Copy secret' });
  await expect(copy).toBeVisible();
  await fits();
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect(shown.getByRole('button', { name: 'Copied' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shown).toBeHidden();

  await page.getByRole('link', { name: receiver.host }).press('Enter');
  await page.getByRole('button', { name: 'Send test' }).press('Enter');
  await expect(page.getByText('Delivered')).toBeVisible();
  await fits();
});

test('webhooks that cannot be loaded say so, and are tried again', async ({ account, page }) => {
  await page.route('**/trpc/webhooks.list*', (route) => route.abort());
  await page.goto(`${account.path}/webhooks`);
  await expect(page.getByText('The webhooks could not be loaded')).toBeVisible();
  await page.unroute('**/trpc/webhooks.list*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No webhooks')).toBeVisible();
});
