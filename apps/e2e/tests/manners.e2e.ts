import { choose, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('switching a key off can be undone from the news of it', async ({ account, page }) => {
  await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Deactivate');
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  // Who points at the news holds it.
  await undo.hover();
  await expect(rowOf(page, 'Warehouse')).toContainText('Inactive');
  await undo.click();
  await expect(toastOf(page, 'Warehouse was activated')).toBeVisible();
  await expect(rowOf(page, 'Warehouse')).not.toContainText('Inactive');
});

test('a change that came between is told of, and what was entered can be saved over it', async ({
  account,
  page,
}) => {
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Edit');
  const dialog = page.getByRole('dialog', { name: 'Edit Warehouse' });
  await dialog.getByLabel('Key identification').fill('Depot');
  await account.owner.ask('PATCH', `/v1/accounts/${account.slug}/keys/${key.id}`, {
    expiresAt: '2030-01-01T00:00:00.000Z',
  });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('What you entered is kept');
  await expect(dialog.getByLabel('Key identification')).toHaveValue('Depot');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(rowOf(page, 'Depot')).toBeVisible();
  expect(await account.readKey(key)).toMatchObject({
    name: 'Depot',
    expiresAt: '2030-01-01T00:00:00.000Z',
  });
});

test('an export that cannot be had says so', async ({ account, page }) => {
  await account.key('Shop');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Shop')).toBeVisible();
  await page.route('**/trpc/keys.list*', (route) => route.abort());
  await page.getByRole('link', { name: 'Export' }).click();
  await expect(page.getByText(/^Latchkey cannot be reached\./)).toBeVisible();
});

test('a slow change of filters shows that it is under way, with the former rows', async ({
  account,
  page,
}) => {
  await account.key('Shop');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Shop')).toBeVisible();
  const held = Promise.withResolvers<void>();
  await page.route('**/trpc/keys.list*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('nothing');
  const list = page.locator('[aria-busy=true]', { has: rowOf(page, 'Shop') });
  await expect(list).toBeVisible();
  held.resolve();
  await expect(page.getByText('No key matches')).toBeVisible();
});

test('a lost connection shows before one has signed in, too', async ({ openPage }) => {
  const page = await openPage(null);
  await page.goto('/sign-in');
  await page.route(/\/(trpc|readyz)/, (route) => route.abort());
  await page.getByLabel('E-mail').fill('olga@example.com');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('No connection to Latchkey')).toBeVisible();
  await page.unroute(/\/(trpc|readyz)/);
  await expect(page.getByText('No connection to Latchkey')).toBeHidden();
});

test('the chosen theme is there before anything is drawn', async ({ account, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${account.path}/keys`);
  await page.evaluate(() => localStorage.setItem('latchkey.theme', 'dark'));
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
