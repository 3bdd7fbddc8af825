import type { Locator, Page } from '@playwright/test';

import { redeem, verify } from '../src/account.ts';
import { clipboard, rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

/** Presses Tab until the focus is there, and sees that it shows. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectVisibleFocus(target);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}.`);
}

/** The focus is drawn, by an outline or a shadow around it. */
async function expectVisibleFocus(target: Locator): Promise<void> {
  const drawn = await target.evaluate((element) => {
    const shown = [element, element.parentElement ?? element].some((candidate) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate);
      return (
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
      );
    });
    return shown;
  });
  expect(drawn, `the focus on ${target.toString()} shows`).toBe(true);
}

/** Goes to the row of a key, opens its menu there and chooses from it, without leaving the keyboard. */
async function chooseByKeys(page: Page, name: string, action: string): Promise<void> {
  const grid = page.getByRole('grid', { name: 'API keys' });
  await tabTo(page, grid.locator('[tabindex="0"]'));
  const kebab = grid.getByRole('button', { name: `Actions for ${name}`, exact: true });
  await pressUntil(page, 'ArrowDown', rowOf(page, name).locator(':focus'));
  await page.keyboard.press('End');
  await expect(kebab).toBeFocused();
  await expectVisibleFocus(kebab);
  await page.keyboard.press('Enter');
  const focus = page.locator(':focus');
  await expect(page.getByRole('menuitem').and(focus)).toBeVisible();
  const item = page.getByRole('menuitem', { name: action, exact: true });
  await pressUntil(page, 'ArrowDown', item.and(focus));
  await page.keyboard.press('Enter');
}

/** Presses a key until the focus is where it leads to. A menu moves it a little after the press, which is waited for. */
async function pressUntil(page: Page, key: string, target: Locator): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if ((await target.count()) > 0) return;
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press(key);
    await page.waitForFunction((element) => document.activeElement !== element, before);
  }
  throw new Error(`${key} does not lead to ${target.toString()}.`);
}

test('generates a key by keyboard alone', async ({ account, latchkey, page }) => {
  await account.role('Order reader', ['orders.read']);
  await account.key('There already');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'There already')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  const opener = page.getByRole('button', { name: 'Generate key' });
  await tabTo(page, opener);
  await page.keyboard.press('Enter');

  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await expect(form.getByLabel('Key identification')).toBeFocused();
  await expectVisibleFocus(form.getByLabel('Key identification'));
  await page.keyboard.type('Warehouse');
  const role = form.getByRole('checkbox', { name: 'Order reader' });
  await tabTo(page, role);
  await page.keyboard.press('Space');
  await expect(role).toBeChecked();
  await tabTo(page, form.getByRole('button', { name: 'Generate', exact: true }));
  await page.keyboard.press('Enter');

  const done = page.getByRole('dialog', { name: 'API key generated' });
  await tabTo(page, done.getByRole('button', { name: 'Copy link' }));
  await page.keyboard.press('Enter');
  await expect(done.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await clipboard(page);
  await page.keyboard.press('Escape');
  await expect(done).toBeHidden();
  await expect(opener, 'the focus is back where it came from').toBeFocused();
  expect(await verify(latchkey, await redeem(link), { permission: 'orders.read' })).toBe('VALID');
});

test('renews a token by keyboard alone, and lets the old one be', async ({
  account,
  latchkey,
  page,
}) => {
  const { credential } = await account.deliveredKey('Warehouse');
  await account.deliveredKey('Shop');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await chooseByKeys(page, 'Warehouse', 'Renew token');
  const form = page.getByRole('dialog', { name: 'Renew the token of Warehouse' });
  await tabTo(page, form.getByRole('button', { name: 'Renew token' }));
  await page.keyboard.press('Enter');

  const done = page.getByRole('dialog', { name: 'New token ready' });
  await expect(page.locator('[role=dialog]:focus, [role=dialog] :focus')).toHaveCount(1);
  await tabTo(page, done.getByRole('button', { name: 'Copy link' }));
  await page.keyboard.press('Enter');
  await expect(done.getByRole('button', { name: 'Copied' })).toBeFocused();
  const link = await clipboard(page);
  await tabTo(page, done.getByRole('radio', { name: 'Later' }));
  await tabTo(page, done.getByRole('button', { name: 'Complete' }));
  await page.keyboard.press('Enter');
  await expect(done).toBeHidden();
  await expect(rowOf(page, 'Warehouse')).toContainText('Pending deletion');
  await expect(page.getByRole('button', { name: 'Actions for Warehouse' })).toBeFocused();
  expect(await verify(latchkey, await redeem(link))).toBe('VALID');
  expect(await verify(latchkey, credential)).toBe('VALID');
});

test('renews a token by keyboard alone, and ends the old one', async ({
  account,
  latchkey,
  page,
}) => {
  const { credential } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await chooseByKeys(page, 'Warehouse', 'Renew token');
  const form = page.getByRole('dialog', { name: 'Renew the token of Warehouse' });
  await tabTo(page, form.getByRole('button', { name: 'Renew token' }));
  await page.keyboard.press('Enter');

  const done = page.getByRole('dialog', { name: 'New token ready' });
  await tabTo(page, done.getByRole('button', { name: 'Copy link' }));
  await page.keyboard.press('Enter');
  await expect(done.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await clipboard(page);
  await tabTo(page, done.getByRole('radio', { name: 'Later' }));
  await page.keyboard.press('ArrowDown');
  await expect(done.getByRole('radio', { name: 'Now' })).toBeChecked();
  await tabTo(page, done.getByRole('button', { name: 'Complete' }));
  await page.keyboard.press('Enter');
  await expect(done).toBeHidden();
  await expect(page.getByRole('button', { name: 'Actions for Warehouse' })).toBeFocused();
  expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');
  expect(await verify(latchkey, await redeem(link))).toBe('VALID');
});

test('deletes a key by keyboard alone, and is left in the row that took its place', async ({
  account,
  latchkey,
  page,
}) => {
  await account.key('Shop');
  const { credential } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await chooseByKeys(page, 'Warehouse', 'Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete Warehouse?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(page.getByRole('button', { name: 'Actions for Warehouse' })).toBeFocused();

  await chooseByKeys(page, 'Warehouse', 'Delete');
  const box = question.getByRole('checkbox');
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
  await tabTo(page, question.getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Warehouse')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Actions for Shop' })).toBeFocused();
  expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');

  await chooseByKeys(page, 'Shop', 'Delete');
  const last = page.getByRole('alertdialog', { name: 'Delete Shop?' });
  await tabTo(page, last.getByRole('checkbox'));
  await page.keyboard.press('Space');
  await tabTo(page, last.getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  const main = page.getByRole('main');
  await expect(main.getByText('No API keys yet')).toBeVisible();
  await expect(main.getByRole('button', { name: 'Generate key' }).last()).toBeFocused();
});
