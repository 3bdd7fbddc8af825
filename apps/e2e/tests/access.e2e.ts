import type { Page } from '@playwright/test';

import { rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

/** Where the navigation leads. */
const placesOf = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();

/** The actions that the menu of a row offers. */
async function actionsOf(page: Page, name: string): Promise<string[]> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  const actions = await menu.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  return actions;
}

test('an owner may do everything', async ({ account, page }) => {
  await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await expect
    .poll(() => placesOf(page))
    .toEqual(['Overview', 'API keys', 'Roles', 'Members', 'Webhooks', 'Audit log']);
  expect(await actionsOf(page, 'Warehouse')).toEqual([
    'Details',
    'Edit',
    'Renew token',
    'Deactivate',
    'Delete',
  ]);
});

test('a viewer sees the keys, and nothing with which to change them', async ({
  account,
  openPage,
}) => {
  const { key } = await account.key('Warehouse');
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const page = await openPage(vera.session);

  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await expect.poll(() => placesOf(page)).toEqual(['Overview', 'API keys', 'Roles']);
  await expect(page.getByRole('button', { name: 'Generate key' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Export' })).toBeVisible();
  expect(await actionsOf(page, 'Warehouse')).toEqual(['Details']);

  await page.getByRole('tab', { name: 'External' }).click();
  await expect(page.getByText('No external keys')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add external key' })).toBeHidden();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const periods = page.getByRole('radio');
  await expect(periods).toHaveCount(2);
  for (const period of await periods.all()) await expect(period).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save' })).toBeHidden();

  await page.goto(`${account.path}/keys/${key.id}`);
  await expect(page.getByRole('heading', { name: 'Warehouse' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit' })).toBeHidden();
  await expect(page.getByRole('button', { name: /^Actions for/ })).toBeHidden();
  await expect(page.getByText('Latest events')).toBeHidden();

  await page.goto(`${account.path}/overview`);
  await expect(page.getByRole('link', { name: /^Active/ })).toBeVisible();
  await page.goto(`${account.path}/roles`);
  await expect(rowOf(page, 'Viewer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'New role' })).toBeHidden();
  await expect(page.getByRole('button', { name: /^Actions for/ })).toBeHidden();
  for (const place of ['members', 'audit']) {
    await page.goto(`${account.path}/${place}`);
    await expect(page.getByText('You may not see this')).toBeVisible();
    await expect(page.getByText('Ask an owner of the account for the permission.')).toBeVisible();
  }
});

test('a member without any permission is told whom to ask, on every page', async ({
  account,
  openPage,
}) => {
  const { key } = await account.key('Warehouse');
  const nina = await account.member('Nina Nobody', []);
  const page = await openPage(nina.session);

  await page.goto(account.path);
  await expect(page.getByText('You cannot see the keys of this account')).toBeVisible();
  await expect.poll(() => placesOf(page)).toEqual(['API keys']);
  await expect(page.getByRole('button', { name: 'Generate key' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Export' })).toBeHidden();
  await page.goto(`${account.path}/keys/external`);
  await expect(page.getByText('You cannot see the keys of this account')).toBeVisible();
  for (const place of [
    'keys/settings',
    `keys/${key.id}`,
    'overview',
    'roles',
    'members',
    'audit',
  ]) {
    await page.goto(`${account.path}/${place}`);
    await expect(page.getByText('You may not see this'), place).toBeVisible();
    await expect(page.getByText('Warehouse'), place).toBeHidden();
  }
  await page.goto(`${account.path}/profile`);
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
});

test('who may edit keys but not renew them is offered just that, and no role beyond their own', async ({
  account,
  openPage,
}) => {
  const editor = await account.role('Key editor', ['keys.view', 'keys.edit', 'orders.read']);
  await account.role('Order writer', ['orders.write']);
  await account.deliveredKey('Warehouse');
  const ed = await account.member('Ed Editor', [editor]);
  const page = await openPage(ed.session);
  await page.goto(`${account.path}/keys`);
  expect(await actionsOf(page, 'Warehouse')).toEqual(['Details', 'Edit', 'Deactivate', 'Delete']);

  await page.getByRole('button', { name: 'Generate key' }).click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await expect(form.getByRole('checkbox', { name: 'Order writer' })).toBeDisabled();
  await expect(form.getByText('You do not hold all that it allows').first()).toBeVisible();
  await expect(form.getByRole('checkbox', { name: 'Key editor' })).toBeEnabled();
});

test('who may renew keys but not edit them is offered just that', async ({ account, openPage }) => {
  const renewer = await account.role('Key renewer', ['keys.view', 'keys.renew']);
  await account.deliveredKey('Warehouse');
  const rita = await account.member('Rita Renewer', [renewer]);
  const page = await openPage(rita.session);
  await page.goto(`${account.path}/keys`);
  expect(await actionsOf(page, 'Warehouse')).toEqual(['Details', 'Renew token']);
  await expect(page.getByRole('button', { name: 'Generate key' })).toBeHidden();
});

test('a person without an account is told whom to ask, wherever they go', async ({
  account,
  openPage,
}) => {
  const rui = await account.member('Rui Removed', []);
  const members = `/v1/accounts/${account.slug}/members`;
  const { items } = await account.owner.ask<{ items: { id: string; email: string }[] }>(
    'GET',
    members,
  );
  const id = items.find(({ email }) => email === rui.email)?.id ?? '';
  await account.owner.ask('DELETE', `${members}/${id}`);

  const page = await openPage(rui.session);
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'You are not a member of any account' }),
  ).toBeVisible();
  await expect(page.getByText('Ask an owner of an account to invite you.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'New account…' })).toBeHidden();
  for (const place of ['keys', 'overview', 'roles', 'members', 'audit', 'profile']) {
    await page.goto(`${account.path}/${place}`);
    await expect(page.getByRole('heading', { name: 'There is nothing here' }), place).toBeVisible();
  }
  await page.getByRole('link', { name: 'Go to the start' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
});
