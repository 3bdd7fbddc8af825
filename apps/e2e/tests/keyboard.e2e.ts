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
