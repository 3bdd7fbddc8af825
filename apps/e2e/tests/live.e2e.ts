import { redeem } from '../src/account.ts';
import { choose, rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('what a second admin does shows without a reload', async ({ account, openPage, page }) => {
  const { key } = await account.deliveredKey('Warehouse');
  const colleague = await account.member('Carla Colleague', [
    await account.predefinedRole('Owner'),
  ]);
  const second = await openPage(colleague.session);
  await page.goto(`${account.path}/keys`);
  await second.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toContainText('Active');

  await choose(second, 'Warehouse', 'Deactivate');
  await second.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(rowOf(page, 'Warehouse')).toContainText('Inactive');

  await account.owner.ask('PATCH', `/v1/accounts/${account.slug}/keys/${key.id}`, {
    name: 'Depot',
  });
  await expect(rowOf(page, 'Depot')).toBeVisible();
  await expect(rowOf(second, 'Depot')).toBeVisible();
});

test('a link that was read shows on the key’s own page', async ({ account, page }) => {
  const { key, link } = await account.key('Shop');
  await page.goto(`${account.path}/keys/${key.id}`);
  await expect(page.getByText('Link not opened yet', { exact: true }).first()).toBeVisible();
  await redeem(link.url);
  await expect(page.getByText(/^Opened /)).toBeVisible();
});

test('roles, members and the audit log follow too', async ({ account, page }) => {
  await page.goto(`${account.path}/roles`);
  await expect(rowOf(page, 'Viewer')).toBeVisible();
  const reader = await account.role('Order reader', ['orders.read']);
  await expect(rowOf(page, 'Order reader')).toBeVisible();

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(rowOf(page, 'Role created')).toBeVisible();
  await account.key('Shop', { roles: [reader] });
  await expect(rowOf(page, 'Key generated')).toBeVisible();
});

test('whoever loses a permission loses sight of it, and who is removed finds nothing', async ({
  account,
  openPage,
}) => {
  const looker = await account.role('Looks on', ['keys.view', 'audit.view']);
  const viewer = await account.predefinedRole('Viewer');
  const member = await account.member('Rui Reader', [looker]);
  await account.key('Shop');
  const page = await openPage(member.session);
  await page.goto(`${account.path}/keys`);
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeVisible();

  const members = `/v1/accounts/${account.slug}/members`;
  const { items } = await account.owner.ask<{ items: { id: string; email: string }[] }>(
    'GET',
    members,
  );
  const id = items.find(({ email }) => email === member.email)?.id ?? '';
  await account.owner.ask('PATCH', `${members}/${id}`, { roleIds: [viewer.id] });
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeHidden();
  await expect(rowOf(page, 'Shop')).toBeVisible();

  await account.owner.ask('DELETE', `${members}/${id}`);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('the back button does not lose a link that is on its way', async ({ account, page }) => {
  await page.goto(`${account.path}/overview`);
  await page.getByRole('link', { name: 'API keys' }).click();
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route('**/trpc/keys.generate', async (route) => {
    asked.resolve();
    await held.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await form.getByLabel('Key identification').fill('Shop');
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  await asked.promise;
  await page.evaluate(() => history.back());
  await page.keyboard.press('Escape');
  await expect(form).toBeVisible();
  held.resolve();

  // What was put off is asked about as soon as there is something to lose.
  const question = page.getByRole('alertdialog', { name: 'Close without copying the link?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByLabel('Single-access link')).toHaveValue(/\/credentials\//);
  await expect(page).toHaveURL(new RegExp(`${account.path}/keys$`));
});
