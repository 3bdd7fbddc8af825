import { verify } from '../src/account.ts';
import { choose, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('a role is created with permissions that the account did not know', async ({
  account,
  page,
}) => {
  await page.goto(`${account.path}/roles`);
  await expect(rowOf(page, 'Owner')).toContainText('Predefined');
  await expect(rowOf(page, 'Viewer')).toContainText('keys.view');
  await expect(page.getByRole('button', { name: 'Actions for Owner' })).toBeHidden();

  await page.getByRole('button', { name: 'New role' }).click();
  const form = page.getByRole('dialog', { name: 'New role' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Enter a name.')).toBeVisible();
  await form.getByLabel('Name').fill('Order reader');
  await form.getByLabel('Description').fill('Reads orders.');
  await form.getByRole('checkbox', { name: 'keys.view' }).check();
  await form.getByLabel('Another permission').fill('Orders read');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(form.getByText('Use lower case, digits and dots')).toBeVisible();
  await form.getByLabel('Another permission').fill('orders.read');
  await form.getByLabel('Another permission').press('Enter');
  await expect(form.getByRole('checkbox', { name: 'orders.read' })).toBeChecked();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();

  const row = rowOf(page, 'Order reader');
  await expect(row).toContainText('Reads orders.');
  await expect(row).toContainText('orders.read');
  await expect(row).toContainText('keys.view');
});

test('a change counts from the next verification on', async ({ account, latchkey, page }) => {
  const reader = await account.role('Order reader', ['orders.read', 'stock.read']);
  const { credential } = await account.deliveredKey('Warehouse', { roles: [reader] });
  const asks = () => verify(latchkey, credential, { permission: 'stock.read' });
  expect(await asks()).toBe('VALID');

  await page.goto(`${account.path}/roles`);
  await choose(page, 'Order reader', 'Edit');
  const form = page.getByRole('dialog', { name: 'Edit Order reader' });
  await expect(form).toContainText('Every key and member that has this role is affected at once.');
  await form.getByRole('checkbox', { name: 'stock.read' }).uncheck();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(toastOf(page, 'Order reader was saved')).toBeVisible();
  await expect(rowOf(page, 'Order reader')).not.toContainText('stock.read');
  expect(await asks()).toBe('INSUFFICIENT_PERMISSIONS');
});

test('a role is deleted, unless a key still has it', async ({ account, page }) => {
  const reader = await account.role('Order reader', ['orders.read']);
  await account.role('Spare', ['orders.write']);
  await account.key('Warehouse', { roles: [reader] });
  await page.goto(`${account.path}/roles`);

  await choose(page, 'Order reader', 'Delete');
  const used = page.getByRole('alertdialog', { name: 'Delete Order reader?' });
  await expect(used.getByText('Take the role from them first.')).toBeVisible();
  await expect(used.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await used.getByRole('link', { name: 'Show the keys' }).click();
  await expect(page).toHaveURL(new RegExp(`/keys\\?role=${reader.id}$`));
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await page.goBack();

  await choose(page, 'Spare', 'Delete');
  await page
    .getByRole('alertdialog', { name: 'Delete Spare?' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(toastOf(page, 'Spare was deleted')).toBeVisible();
  await expect(rowOf(page, 'Spare')).toBeHidden();
});
