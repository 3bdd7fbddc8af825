import { age } from '../src/database.ts';
import { rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('counts the keys, and each figure opens the list of what it counts', async ({
  account,
  latchkey,
  page,
}) => {
  const { key: due } = await account.key('Four months old');
  const { key: overdue } = await account.key('Eight months old');
  const { key: off } = await account.key('Switched off');
  age(latchkey.database, due, 123);
  age(latchkey.database, overdue, 245);
  await account.owner.ask('POST', `/v1/accounts/${account.slug}/keys/${off.id}/deactivate`);

  const listed = {
    Active: ['Four months old', 'Eight months old'],
    Inactive: ['Switched off'],
    'Renewal due': ['Four months old'],
    'Renewal overdue': ['Eight months old'],
  };
  for (const [figure, names] of Object.entries(listed)) {
    await page.goto(`${account.path}/overview`);
    const link = page.getByRole('main').getByRole('link', { name: new RegExp(`^${figure}`) });
    await expect(link).toContainText(String(names.length));
    await link.click();
    await expect(page.getByText(`1–${names.length} of ${names.length}`)).toBeVisible();
    for (const name of names) await expect(rowOf(page, name)).toBeVisible();
  }
});

test('shows what was done of late', async ({ account, page }) => {
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/overview`);
  await expect(rowOf(page, 'Key generated')).toContainText(key.key);
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
});
