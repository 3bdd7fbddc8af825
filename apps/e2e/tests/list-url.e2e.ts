import { createReadStream } from 'node:fs';

import type { Page } from '@playwright/test';
import readExcelFile from 'read-excel-file/node';

import type { Account } from '../src/account.ts';
import { age } from '../src/database.ts';
import { choose, rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

const searchOf = (page: Page) => new URL(page.url()).searchParams;

/** The names in the list, from the top. */
const namesOf = (page: Page) => page.getByRole('row').getByRole('link').allInnerTexts();

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Thirteen keys: `Key 01` to `Key 12`, and the odd one out. */
async function manyKeys(account: Account): Promise<void> {
  for (let number = 1; number <= 12; number += 1) {
    await account.key(`Key ${String(number).padStart(2, '0')}`);
  }
  const reader = await account.role('Order reader', ['orders.read']);
  const { key } = await account.key('Ürün – Zulieferer', { roles: [reader] });
  await account.owner.ask('POST', `/v1/accounts/${account.slug}/keys/${key.id}/deactivate`);
}

test('searches as one types, and the address says for what', async ({ account, page }) => {
  await manyKeys(account);
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Key 12')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search keys' }).pressSequentially('zulief');
  await expect(page).toHaveURL(/[?&]search=zulief$/);
  await expect.poll(() => namesOf(page)).toEqual(['Ürün – Zulieferer']);

  await page.getByRole('searchbox', { name: 'Search keys' }).fill('nothing of the kind');
  await expect(page.getByText('No key matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rowOf(page, 'Key 12')).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue('');
  await expect(page).toHaveURL(`${account.path}/keys`);
});

test('an identifier is found by any part of it', async ({ account, page }) => {
  await account.key('Shop');
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/keys`);
  await page.getByRole('searchbox', { name: 'Search keys' }).fill(key.key.slice(-6).toLowerCase());
  await expect(rowOf(page, 'Shop')).toBeHidden();
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
});

test('filters, sorting and size stand in the address, and the back button goes through them', async ({
  account,
  page,
}) => {
  await manyKeys(account);
  await page.goto(`${account.path}/keys`);
  await pick(page, 'Status', 'Active');
  await expect(page).toHaveURL(/status=active/);
  await expect(page.getByText('1–12 of 12')).toBeVisible();

  await page.getByRole('columnheader', { name: 'Key' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole('columnheader', { name: 'Key' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect.poll(async () => (await namesOf(page))[0]).toBe('Key 01');
  await page.getByRole('columnheader', { name: 'Key' }).getByRole('button').click();
  await expect.poll(async () => (await namesOf(page))[0]).toBe('Key 12');
  expect(Object.fromEntries(searchOf(page))).toEqual({
    status: 'active',
    sort: 'name',
    order: 'desc',
  });

  await page.goBack();
  await expect.poll(async () => (await namesOf(page))[0]).toBe('Key 01');
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: 'Created' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await page.goBack();
  await expect(page.getByText('1–13 of 13')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Status' })).toContainText('Status: all');
  await page.goForward();
  await expect(page.getByText('1–12 of 12')).toBeVisible();
});

test('filters by role and by renewal alert', async ({ account, latchkey, page }) => {
  await manyKeys(account);
  const { key } = await account.key('Grown old');
  age(latchkey.database, key, 120);
  await page.goto(`${account.path}/keys`);
  await pick(page, 'Role', 'Order reader');
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await expect.poll(() => namesOf(page)).toEqual(['Ürün – Zulieferer']);

  await pick(page, 'Role', 'Role: all');
  await pick(page, 'Renewal', 'Due');
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await expect.poll(() => namesOf(page)).toEqual(['Grown old']);
  await expect(rowOf(page, 'Grown old').getByRole('button', { name: 'Renewal due' })).toBeVisible();

  await pick(page, 'Renewal', 'Overdue');
  await expect(page.getByText('No key matches')).toBeVisible();
});

test('pages are walked to and fro, also by the back button', async ({ account, page }) => {
  await manyKeys(account);
  await page.goto(`${account.path}/keys?sort=name&order=asc`);
  await pick(page, 'Rows per page', '10');
  await expect(page.getByText('1–10 of 13')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('11–13 of 13')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
  expect(searchOf(page).get('page')).toBe('2');
  await expect.poll(() => namesOf(page)).toEqual(['Key 11', 'Key 12', 'Ürün – Zulieferer']);

  await page.reload();
  await expect(page.getByText('11–13 of 13')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('1–10 of 13')).toBeVisible();
  await page.goForward();
  await expect(page.getByText('11–13 of 13')).toBeVisible();
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(page.getByText('1–10 of 13')).toBeVisible();
});

test('when the last key of the last page goes, the page before is shown', async ({
  account,
  page,
}) => {
  for (let number = 1; number <= 11; number += 1) {
    await account.key(`Key ${String(number).padStart(2, '0')}`);
  }
  await page.goto(`${account.path}/keys?sort=name&order=asc&size=10`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('11–11 of 11')).toBeVisible();
  await choose(page, 'Key 11', 'Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete Key 11?' });
  await question.getByRole('checkbox').check();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('1–10 of 10')).toBeVisible();
  await expect(rowOf(page, 'Key 10')).toBeVisible();
  await expect(page).not.toHaveURL(/page=/);
});

test('an address that is passed on shows the same view to a colleague', async ({
  account,
  openPage,
  page,
}) => {
  await manyKeys(account);
  const colleague = await account.member('Cora Colleague', [
    await account.predefinedRole('Viewer'),
  ]);
  await page.goto(`${account.path}/keys?size=10&sort=name&order=desc&status=active`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('11–12 of 12')).toBeVisible();
  await expect.poll(() => namesOf(page)).toEqual(['Key 02', 'Key 01']);

  const theirs = await openPage(colleague.session);
  await theirs.goto(page.url());
  await expect(theirs.getByText('11–12 of 12')).toBeVisible();
  await expect.poll(() => namesOf(theirs)).toEqual(['Key 02', 'Key 01']);
  await expect(theirs.getByRole('combobox', { name: 'Status' })).toContainText('Active');
});

test('what an address cannot mean is left out', async ({ account, page }) => {
  await account.key('Warehouse');
  await page.goto(`${account.path}/keys?status=sleeping&sort=colour&size=7&page=-1&cursor=&x=1`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
});

test('exports a spreadsheet that opens, with both sheets', async ({ account, page }) => {
  await manyKeys(account);
  await account.key('=HYPERLINK("http://evil.example")');
  await page.goto(`${account.path}/keys`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  const file = await download.path();
  const [generated, external] = await readExcelFile(createReadStream(file));
  expect(generated).toMatchObject({ sheet: 'Generated' });
  expect(external).toMatchObject({
    sheet: 'External',
    data: [['id', 'keyName', 'roles', 'account', 'addedDate', 'status']],
  });
  const [head, ...rows] = generated?.data ?? [];
  expect(head).toEqual([
    'id',
    'keyName',
    'roles',
    'label',
    'creationDate',
    'creationDateToken',
    'creationDateNewToken',
    'status',
  ]);
  const labels = rows.map((row) => row[3]);
  expect(labels).toHaveLength(14);
  expect(labels).toContain('Ürün – Zulieferer');
  expect(labels, 'as text').toContain('=HYPERLINK("http://evil.example")');
});
