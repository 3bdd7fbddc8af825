import { verify } from '../src/account.ts';
import { choose, clipboard, copyBy } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('shows all that is known of a key, and leads on', async ({ account, latchkey, page }) => {
  const reader = await account.role('Order reader', ['orders.read', 'stock.read']);
  const { key, credential } = await account.deliveredKey('Warehouse', { roles: [reader] });
  expect(await verify(latchkey, credential)).toBe('VALID');
  await expect
    .poll(async () => (await account.readKey(key)).lastUsedAt, { timeout: 60_000 })
    .not.toBeNull();

  await page.goto(`${account.path}/keys`);
  await page.getByRole('link', { name: 'Warehouse' }).click();
  await expect(page).toHaveTitle(/Warehouse/);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { name: 'Warehouse', level: 1 })).toBeVisible();
  await expect(main.getByText('Never expires')).toBeVisible();
  await expect(main.getByText('Link used')).toBeVisible();
  await expect(main.getByText('Current token')).toBeVisible();
  await expect(main.getByText('stock.read')).toBeVisible();
  await expect(main.getByRole('row').filter({ hasText: 'Key generated' })).toBeVisible();

  await main.getByRole('button', { name: 'Copy' }).first().click();
  await expect.poll(() => clipboard(page)).toBe(key.key);
  await main.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?keyId=${key.id}$`));
  await page.goBack();
  await main.getByRole('link', { name: 'API keys' }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
});

test('has the snippets that an integrator needs, filled with the key and never with its token', async ({
  account,
  latchkey,
  page,
}) => {
  const reader = await account.role('Order reader', ['orders.read']);
  const { key, credential } = await account.deliveredKey('Warehouse', { roles: [reader] });
  await page.goto(`${account.path}/keys/${key.id}`);
  for (const language of ['curl', 'nginx', 'TypeScript', 'Python']) {
    await page.getByRole('tab', { name: language }).click();
    const panel = page.getByRole('tabpanel', { name: language });
    await expect(panel).toContainText('orders.read');
    const snippet = await copyBy(panel, 'Copy');
    expect(snippet, language).toContain(language === 'nginx' ? 'auth_request' : key.key);
    expect(snippet, language).toContain('orders.read');
    expect(snippet, language).toContain(new URL(latchkey.url).host);
    expect(snippet, language).not.toContain(credential.token);
  }
});

test('everything that the list can do can be done here', async ({ account, page }) => {
  const { key } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys/${key.id}`);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Edit Warehouse' });
  await form.getByLabel('Key identification').fill('Shop');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible();

  await main.getByRole('button', { name: 'Renew token' }).click();
  const renewal = page.getByRole('dialog', { name: 'Renew the token of Shop' });
  await renewal.getByRole('button', { name: 'Renew token' }).click();
  const done = page.getByRole('dialog', { name: 'New token ready' });
  await copyBy(done, 'Copy link');
  await done.getByRole('button', { name: 'Complete' }).click();
  await expect(main.getByText('Old token', { exact: true })).toBeVisible();
  await expect(
    main.getByText('Both tokens work until you delete the old one or undo the renewal.'),
  ).toBeVisible();
  await expect(main.getByRole('button', { name: 'Renew token' })).toBeHidden();

  await choose(page, 'Shop', 'Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete Shop?' });
  await question.getByRole('checkbox').check();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No API keys yet')).toBeVisible();
  await page.goto(`${account.path}/keys/${key.id}`);
  await expect(page.getByText('This key does not exist')).toBeVisible();
});
