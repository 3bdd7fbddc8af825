import type { Page } from '@playwright/test';

import type { Account } from '../src/account.ts';
import { rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

const select = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();

const bar = (page: Page) => page.getByRole('group', { name: 'With the selected keys' });

/** `Key 01` to `Key 12`, of which the first page shows ten. */
async function twelveKeys(account: Account): Promise<void> {
  for (let number = 1; number <= 12; number += 1) {
    await account.key(`Key ${String(number).padStart(2, '0')}`);
  }
}

test('keys are selected over several pages, and the bar says where they are', async ({
  account,
  page,
}) => {
  await twelveKeys(account);
  await page.goto(`${account.path}/keys?sort=name&order=asc&size=10`);
  await select(page, 'Key 01');
  await select(page, 'Key 02');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(rowOf(page, 'Key 12')).toBeVisible();
  await select(page, 'Key 12');
  await expect(bar(page)).toContainText('3 selected · 2 not on this page');

  await bar(page).getByRole('button', { name: 'Deactivate' }).click();
  const question = page.getByRole('alertdialog', { name: 'Deactivate 3 keys?' });
  for (const name of ['Key 01', 'Key 02', 'Key 12']) await expect(question).toContainText(name);
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await expect(toastOf(page, '3 keys were deactivated')).toBeVisible();
  await expect(question).toBeHidden();
  await expect(bar(page)).toBeHidden();
  await expect(rowOf(page, 'Key 12')).toContainText('Inactive');
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(rowOf(page, 'Key 01')).toContainText('Inactive');
  await expect(rowOf(page, 'Key 03')).not.toContainText('Inactive');

  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(bar(page)).toContainText('10 selected');
  await bar(page).getByRole('button', { name: 'Clear selection' }).click();
  await expect(bar(page)).toBeHidden();
});

test('a failure midway says how far it came and which failed, and tries those again', async ({
  account,
  page,
}) => {
  await account.key('Shop');
  const { key } = await account.key('Warehouse');
  await account.key('Zebra');
  await page.goto(`${account.path}/keys`);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(bar(page)).toContainText('3 selected');
  const failing = (url: URL) => url.pathname.endsWith('/trpc/keys.deactivate');
  await page.route(failing, (route) =>
    route.request().postData()?.includes(key.id) ? route.abort() : route.continue(),
  );
  await bar(page).getByRole('button', { name: 'Deactivate' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await expect(question.getByRole('alert')).toContainText('2 of 3 keys were changed.');
  await expect(question.getByRole('listitem')).toHaveCount(1);
  await expect(question.getByRole('listitem')).toContainText('Warehouse');
  await expect(question.getByRole('listitem')).toContainText('cannot be reached');

  await page.unroute(failing);
  await question.getByRole('button', { name: 'Try again' }).click();
  await expect(question).toBeHidden();
  for (const name of ['Shop', 'Warehouse', 'Zebra']) {
    await expect(rowOf(page, name)).toContainText('Inactive');
  }
  await expect(bar(page)).toBeHidden();
});

test('on a phone the bar stays in view, and the focus in the list once its dialog has closed', async ({
  account,
  openPage,
  owner,
}) => {
  await twelveKeys(account);
  const page = await openPage(owner, { viewport: { width: 360, height: 640 } });
  await page.goto(`${account.path}/keys?sort=name&order=asc`);
  await select(page, 'Key 01');
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
  await select(page, 'Key 08');
  await expect(bar(page)).toBeInViewport({ ratio: 1 });

  const deactivate = bar(page).getByRole('button', { name: 'Deactivate' });
  await deactivate.click();
  const question = page.getByRole('alertdialog', { name: 'Deactivate 2 keys?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(deactivate).toBeFocused();
  await deactivate.press('Enter');
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await expect(question).toBeHidden();
  await expect(bar(page)).toBeHidden();
  // Where the person was: at the box that they checked last.
  await expect(page.getByRole('checkbox', { name: 'Select Key 08' })).toBeFocused();

  await select(page, 'Key 03');
  await bar(page).getByRole('button', { name: 'Clear selection' }).click();
  await expect(page.getByRole('checkbox', { name: 'Select Key 03' })).toBeFocused();
});

test('who may only look selects nothing', async ({ account, openPage }) => {
  await account.key('Warehouse');
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const page = await openPage(vera.session);
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
