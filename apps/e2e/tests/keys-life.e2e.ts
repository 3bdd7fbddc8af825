import type { Locator, Page } from '@playwright/test';

import { redeem, verify } from '../src/account.ts';
import { choose, copyBy, inDays, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

/** A day far enough not to be pointed out as near. */
const farDay = inDays(60);

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const alertOf = (page: Page, name: string) => page.getByRole('alertdialog', { name, exact: true });

/** Copies the link that a dialog shows, and returns it. */
const copyLink = (dialog: Locator) => copyBy(dialog, 'Copy link');

/** Renews the token of a key in the list, and returns the dialog that then shows the link. */
async function renew(page: Page, name: string): Promise<Locator> {
  await choose(page, name, 'Renew token');
  await dialogOf(page, `Renew the token of ${name}`)
    .getByRole('button', { name: 'Renew token' })
    .click();
  const done = dialogOf(page, 'New token ready');
  await expect(done).toBeVisible();
  return done;
}

test.describe('generate', () => {
  test('gives a key with roles and an expiry, and a link that is shown once', async ({
    account,
    page,
    latchkey,
  }) => {
    await account.role('Order reader', ['orders.read'], 'Reads orders.');
    await page.goto(`${account.path}/keys`);
    await page.getByRole('button', { name: 'Generate key' }).first().click();

    const form = dialogOf(page, 'Generate API key');
    await expect(form.getByLabel('Key identification')).toBeFocused();
    await expect(form).toContainText('Each role widens what a leaked key can do.');
    await expect(form.getByRole('checkbox', { name: 'Order reader' })).toBeVisible();
    for (const role of await form.getByRole('checkbox').all()) await expect(role).not.toBeChecked();
    await form.getByLabel('Key identification').fill('Warehouse');
    await form.getByRole('checkbox', { name: 'Order reader' }).check();
    await expect(form.getByText('1 selected')).toBeVisible();
    await form.getByRole('radio', { name: 'Expires on a date' }).check();
    await form.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(form.getByText('Choose a date.')).toBeVisible();
    await form.getByLabel('Expiry date').fill(inDays(-1));
    await expect(form.getByText('Choose a date in the future.')).toBeVisible();
    await form.getByLabel('Expiry date').fill(farDay);
    await form.getByRole('button', { name: 'Generate', exact: true }).click();

    const done = dialogOf(page, 'API key generated');
    await expect(done).toContainText(/lk-acme-\d+-[0-9A-HJKMNP-TV-Z]{8}/);
    await expect(done, 'the admin never sees the token').not.toContainText(/lk_[0-9A-Za-z]{49}/);
    const link = await copyLink(done);
    await done.getByRole('button', { name: 'Close' }).last().click();
    await expect(done).toBeHidden();

    const row = rowOf(page, 'Warehouse');
    await expect(row).toContainText('Order reader');
    await expect(row).toContainText('Active');
    expect(await verify(latchkey, await redeem(link), { permission: 'orders.read' })).toBe('VALID');
  });

  test('warns of a role that lets its holder manage', async ({ account, page }) => {
    await page.goto(`${account.path}/keys`);
    await page.getByRole('button', { name: 'Generate key' }).first().click();
    const form = dialogOf(page, 'Generate API key');
    await form.getByRole('checkbox', { name: 'Owner' }).check();
    await expect(form).toContainText(
      'Owner lets whoever holds the token manage keys, roles or members.',
    );
  });
});

test.describe('edit', () => {
  test('changes name, roles and expiry from the next verification on', async ({
    account,
    latchkey,
    page,
  }) => {
    const reader = await account.role('Order reader', ['orders.read']);
    await account.role('Order writer', ['orders.write']);
    const { key, credential } = await account.deliveredKey('Warehouse', { roles: [reader] });
    await page.goto(`${account.path}/keys`);
    await choose(page, 'Warehouse', 'Edit');

    const form = dialogOf(page, 'Edit Warehouse');
    await expect(form.getByRole('checkbox', { name: 'Order reader' })).toBeChecked();
    await form.getByLabel('Key identification').fill('');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByText('Enter a name.')).toBeVisible();
    await form.getByLabel('Key identification').fill('Shop');
    await form.getByRole('checkbox', { name: 'Order reader' }).uncheck();
    await form.getByRole('checkbox', { name: 'Order writer' }).check();
    await form.getByRole('radio', { name: 'Expires on a date' }).check();
    await form.getByLabel('Expiry date').fill(farDay);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();

    await expect(toastOf(page, 'Shop was saved')).toBeVisible();
    await expect(rowOf(page, 'Shop')).toContainText('Order writer');
    expect(await verify(latchkey, credential, { permission: 'orders.write' })).toBe('VALID');
    expect(await verify(latchkey, credential, { permission: 'orders.read' })).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );
    const { expiresAt } = await account.readKey(key);
    expect(expiresAt, 'the end of that day where the admin is').toMatch(
      new RegExp(`^${farDay}T2[23]:59:59`),
    );
  });

  test('the active flag switches it off after one more question, and on again', async ({
    account,
    latchkey,
    page,
  }) => {
    const { credential } = await account.deliveredKey('Warehouse');
    await page.goto(`${account.path}/keys`);
    await choose(page, 'Warehouse', 'Edit');
    const form = dialogOf(page, 'Edit Warehouse');
    await form.getByRole('checkbox', { name: 'Active' }).uncheck();
    await form.getByRole('button', { name: 'Save' }).click();
    const question = alertOf(page, 'Deactivate it as well?');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    expect(await verify(latchkey, credential)).toBe('VALID');
    await question.getByRole('button', { name: 'Deactivate and save' }).click();
    await expect(rowOf(page, 'Warehouse')).toContainText('Inactive');
    expect(await verify(latchkey, credential)).toBe('INACTIVE');

    await choose(page, 'Warehouse', 'Edit');
    await form.getByRole('checkbox', { name: 'Active' }).check();
    await expect(form).toContainText('Anyone who has its token will have access again.');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(rowOf(page, 'Warehouse')).toContainText('Active');
    expect(await verify(latchkey, credential)).toBe('VALID');
  });

  test('an expired key shows it, and works again once its expiry is extended', async ({
    account,
    latchkey,
    page,
  }) => {
    // Still to come when it is written down and its link opened, even on a machine that is busy.
    const expiresAt = new Date(Date.now() + 6000).toISOString();
    const { credential } = await account.deliveredKey('Warehouse', { expiresAt });
    await expect.poll(() => verify(latchkey, credential), { intervals: [100] }).toBe('EXPIRED');
    await page.goto(`${account.path}/keys`);
    await expect(rowOf(page, 'Warehouse')).toContainText('Expired');

    await choose(page, 'Warehouse', 'Edit');
    const form = dialogOf(page, 'Edit Warehouse');
    await form.getByLabel('Expiry date').fill(inDays(3));
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(rowOf(page, 'Warehouse')).toContainText(/Expires in \d days/);
    expect(await verify(latchkey, credential)).toBe('VALID');
  });
});

test('deactivate asks once more and says what will break; activate says who gets in again', async ({
  account,
  latchkey,
  page,
}) => {
  const { credential } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Deactivate');
  const off = alertOf(page, 'Deactivate Warehouse?');
  await expect(off.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(off).toContainText('Never used');
  await expect(off.getByText('Last 7 days')).toBeVisible();
  await off.getByRole('button', { name: 'Deactivate' }).click();
  await expect(rowOf(page, 'Warehouse')).toContainText('Inactive');
  expect(await verify(latchkey, credential)).toBe('INACTIVE');

  await choose(page, 'Warehouse', 'Activate');
  const on = alertOf(page, 'Activate Warehouse?');
  await expect(on).toContainText('Anyone who has its token will have access again.');
  await on.getByRole('button', { name: 'Activate' }).click();
  await expect(rowOf(page, 'Warehouse')).toContainText('Active');
  expect(await verify(latchkey, credential)).toBe('VALID');
});

test.describe('renew', () => {
  test('Later keeps both tokens, and the list shows the age of each', async ({
    account,
    latchkey,
    page,
  }) => {
    const { key, credential } = await account.deliveredKey('Warehouse');
    await page.goto(`${account.path}/keys`);
    const done = await renew(page, 'Warehouse');
    const link = await copyLink(done);
    await expect(done.getByRole('radio', { name: 'Later' })).toBeChecked();
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done).toBeHidden();

    const row = rowOf(page, 'Warehouse');
    await expect(row).toContainText('Pending deletion – old token');
    await expect(row).toContainText(/New token .+\s·\sold\stoken .+/);
    const fresh = await redeem(link);
    expect(fresh.token).not.toBe(credential.token);
    expect(await verify(latchkey, fresh)).toBe('VALID');
    expect(await verify(latchkey, credential)).toBe('VALID');
    expect((await account.readKey(key)).renewal).toMatchObject({ completeAt: null });
  });

  test('closing the dialog means Later', async ({ account, page }) => {
    const { key } = await account.deliveredKey('Warehouse');
    await page.goto(`${account.path}/keys`);
    const done = await renew(page, 'Warehouse');
    await copyLink(done);
    await done.getByRole('radio', { name: 'Now' }).check();
    await page.keyboard.press('Escape');
    await expect(done).toBeHidden();
    await expect(rowOf(page, 'Warehouse')).toContainText('Pending deletion');
    expect((await account.readKey(key)).tokens).toHaveLength(2);
  });

  test('Now ends the old token at once', async ({ account, latchkey, page }) => {
    const { credential } = await account.deliveredKey('Warehouse');
    await page.goto(`${account.path}/keys`);
    const done = await renew(page, 'Warehouse');
    const link = await copyLink(done);
    await done.getByRole('radio', { name: 'Now' }).check();
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done).toBeHidden();
    await expect(toastOf(page, 'The old token was deleted')).toBeVisible();
    await expect(rowOf(page, 'Warehouse')).not.toContainText('Pending deletion');
    expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');
    expect(await verify(latchkey, await redeem(link))).toBe('VALID');
  });

  test('Now waits until the link is copied, so that no key is left without a token', async ({
    account,
    latchkey,
    page,
  }) => {
    const { credential } = await account.deliveredKey('Warehouse');
    await page.goto(`${account.path}/keys`);
    const done = await renew(page, 'Warehouse');
    await done.getByRole('radio', { name: 'Now' }).check();
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done.getByRole('alert')).toContainText('Copy the link first');
    expect(await verify(latchkey, credential)).toBe('VALID');
    const link = await copyLink(done);
    await expect(done.getByRole('alert')).toBeHidden();
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done).toBeHidden();
    expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');
    expect(await verify(latchkey, await redeem(link))).toBe('VALID');
  });

  test('on a date, which can be changed and taken back', async ({ account, page }) => {
    const { key } = await account.deliveredKey('Warehouse');
    const [day, sooner] = [inDays(6), inDays(3)];
    await page.goto(`${account.path}/keys`);
    const done = await renew(page, 'Warehouse');
    await copyLink(done);
    await done.getByRole('radio', { name: 'Automatically on…' }).check();
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done.getByText('Choose a date.')).toBeVisible();
    await done.getByLabel('Day and time').fill(`${inDays(120)}T09:30`);
    await expect(done.getByText('Choose a date within the next 90 days.')).toBeVisible();
    await done.getByLabel('Day and time').fill(`${day}T09:30`);
    await done.getByRole('button', { name: 'Complete' }).click();
    await expect(done).toBeHidden();
    const row = rowOf(page, 'Warehouse');
    await expect(row).toContainText(/Old token is deleted in [56] days/);
    expect((await account.readKey(key)).renewal?.completeAt).toContain(day);

    await choose(page, 'Warehouse', 'Choose when the old token goes');
    const schedule = dialogOf(page, 'Old token of Warehouse');
    await expect(schedule.getByLabel('Day and time')).toHaveValue(`${day}T09:30`);
    await schedule.getByLabel('Day and time').fill(`${sooner}T09:30`);
    await schedule.getByRole('button', { name: 'Save' }).click();
    await expect(schedule).toBeHidden();
    await expect(row).toContainText(/Old token is deleted in [23] days/);

    await choose(page, 'Warehouse', 'Choose when the old token goes');
    await schedule.getByRole('radio', { name: 'I delete it myself' }).check();
    await schedule.getByRole('button', { name: 'Save' }).click();
    await expect(toastOf(page, 'The old token stays until you delete it')).toBeVisible();
    await expect(row).not.toContainText('Old token is deleted');
    expect((await account.readKey(key)).renewal).toMatchObject({ completeAt: null });
  });

  test('is refused while the link is open, and possible once it is withdrawn', async ({
    account,
    page,
  }) => {
    const { link } = await account.key('Warehouse');
    await page.goto(`${account.path}/keys`);
    await page.getByRole('button', { name: 'Actions for Warehouse' }).click();
    const item = page.getByRole('menuitem', { name: 'Renew token' });
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    await expect(item).toContainText('The link is still open.');
    await page.keyboard.press('Escape');

    await choose(page, 'Warehouse', 'Withdraw link');
    const question = alertOf(page, 'Withdraw the link of Warehouse?');
    await question.getByRole('button', { name: 'Withdraw link' }).click();
    await expect(toastOf(page, 'The link was withdrawn')).toBeVisible();
    expect((await fetch(link.url)).status).toBe(410);

    await choose(page, 'Warehouse', 'Renew token');
    const form = dialogOf(page, 'Renew the token of Warehouse');
    await expect(form).toContainText('The present token was never collected: it is replaced.');
    await form.getByRole('button', { name: 'Renew token' }).click();
    const done = dialogOf(page, 'New token ready');
    await expect(done.getByRole('radio'), 'there is no old token to ask for').toHaveCount(0);
  });

  test('is refused while a renewal is pending that was delivered', async ({ account, page }) => {
    const { key } = await account.deliveredKey('Warehouse');
    await redeem((await account.renew(key)).link.url);
    await page.goto(`${account.path}/keys`);
    await page.getByRole('button', { name: 'Actions for Warehouse' }).click();
    const item = page.getByRole('menuitem', { name: 'Renew token' });
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    await expect(item).toContainText('Delete the old token or undo it first.');
  });

  test('undone, it leaves the old token alone and its link dead', async ({
    account,
    latchkey,
    page,
  }) => {
    const { key, credential } = await account.deliveredKey('Warehouse');
    const { link } = await account.renew(key);
    await page.goto(`${account.path}/keys`);
    await choose(page, 'Warehouse', 'Undo renewal');
    const question = alertOf(page, 'Undo the renewal of Warehouse?');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    expect((await account.readKey(key)).tokens).toHaveLength(2);

    await choose(page, 'Warehouse', 'Undo renewal');
    await question.getByRole('button', { name: 'Undo renewal' }).click();
    await expect(toastOf(page, 'The renewal was undone')).toBeVisible();
    await expect(rowOf(page, 'Warehouse')).not.toContainText('Pending deletion');
    expect((await fetch(link.url)).status).toBe(410);
    expect(await verify(latchkey, credential)).toBe('VALID');
  });
});

test.describe('delete the old token', () => {
  test('says that it was never used, and ends it', async ({ account, latchkey, page }) => {
    const { key, credential } = await account.deliveredKey('Warehouse');
    const fresh = await redeem((await account.renew(key)).link.url);
    await page.goto(`${account.path}/keys`);
    await choose(page, 'Warehouse', 'Delete old token');
    const question = alertOf(page, 'Delete the old token of Warehouse?');
    await expect(question).toContainText('This cannot be undone.');
    await expect(question).toContainText('Never used');
    await expect(question).not.toContainText('Nobody has the new token yet');
    await question.getByRole('button', { name: 'Delete old token' }).click();
    await expect(rowOf(page, 'Warehouse')).not.toContainText('Pending deletion');
    expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');
    expect(await verify(latchkey, fresh)).toBe('VALID');
  });

  test('warns when it was used within the last 24 hours', async ({ account, latchkey, page }) => {
    const { key, credential } = await account.deliveredKey('Warehouse');
    await account.renew(key);
    expect(await verify(latchkey, credential)).toBe('VALID');
    // Usage is written down some seconds later, off the path of the answer.
    await expect
      .poll(async () => (await account.readKey(key)).lastUsedAt, { timeout: 60_000 })
      .not.toBeNull();
    await page.goto(`${account.path}/keys`);
    await choose(page, 'Warehouse', 'Delete old token');
    await expect(alertOf(page, 'Delete the old token of Warehouse?')).toContainText(
      'Something still calls with it and will stop working.',
    );
    await page.keyboard.press('Escape');

    await choose(page, 'Warehouse', 'Delete');
    await expect(alertOf(page, 'Delete Warehouse?')).toContainText(
      'It is in use: whatever calls with it will stop working.',
    );
  });
});

test('a renewal is not ended unawares: each token has its own calls, and who has the new one is said', async ({
  account,
  latchkey,
  page,
}) => {
  const { key, credential } = await account.deliveredKey('Warehouse');
  for (let call = 0; call < 3; call += 1) expect(await verify(latchkey, credential)).toBe('VALID');
  const { link } = await account.renew(key);
  // They are written down every few seconds, and not always all at once.
  const callsOf = async (of: 'current' | 'old') => {
    const path = `/v1/accounts/${account.slug}/keys/${key.id}/usage`;
    const { tokens } = await account.owner.ask<{
      tokens: { state: string; calls: { day: number } }[];
    }>('GET', path);
    return tokens.find(({ state }) => state === of)?.calls.day;
  };
  await expect.poll(() => callsOf('old'), { timeout: 60_000 }).toBe(3);
  await page.goto(`${account.path}/keys`);

  await choose(page, 'Warehouse', 'Delete old token');
  const deleting = alertOf(page, 'Delete the old token of Warehouse?');
  await expect(deleting).toContainText('Last 24 hours3');
  await expect(deleting).toContainText('Nobody has the new token yet');
  await page.keyboard.press('Escape');

  await choose(page, 'Warehouse', 'Undo renewal');
  const undoing = alertOf(page, 'Undo the renewal of Warehouse?');
  await expect(undoing).toContainText('Last 24 hours0');
  await expect(undoing).not.toContainText('is in use');
  await page.keyboard.press('Escape');

  const fresh = await redeem(link.url);
  expect(await verify(latchkey, fresh)).toBe('VALID');
  await expect.poll(() => callsOf('current'), { timeout: 60_000 }).toBe(1);
  await page.reload();
  await choose(page, 'Warehouse', 'Undo renewal');
  await expect(undoing).toContainText('Last 24 hours1');
  await expect(undoing).toContainText('The new token is in use');
  await page.keyboard.press('Escape');
  await choose(page, 'Warehouse', 'Delete old token');
  await expect(deleting).toContainText('Last 24 hours3');
  await expect(deleting).not.toContainText('Nobody has the new token yet');
});

test('delete needs the box, and begins with the focus on Cancel', async ({
  account,
  latchkey,
  page,
}) => {
  const { credential } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Delete');
  const question = alertOf(page, 'Delete Warehouse?');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question).toContainText('Never used');
  const confirm = question.getByRole('button', { name: 'Delete' });
  const box = question.getByRole('checkbox', {
    name: 'I understand that this action cannot be undone',
  });
  await expect(confirm).toBeDisabled();
  await box.check();
  await expect(confirm).toBeEnabled();
  await box.uncheck();
  await expect(confirm).toBeDisabled();
  await question.getByRole('button', { name: 'Cancel' }).click();

  await choose(page, 'Warehouse', 'Delete');
  await expect(box, 'what was checked is forgotten').not.toBeChecked();
  await box.check();
  await confirm.click();
  await expect(question).toBeHidden();
  await expect(toastOf(page, 'Warehouse was deleted')).toBeVisible();
  await expect(page.getByText('No API keys yet')).toBeVisible();
  expect(await verify(latchkey, credential)).toBe('INVALID_CREDENTIALS');
});

test('a link that was opened shows when and from where', async ({ account, page }) => {
  const { key, link } = await account.key('Warehouse');
  await page.goto(`${account.path}/keys/${key.id}`);
  await expect(page.getByText('Link not opened yet')).toBeVisible();
  await expect(page.getByText(/^Works until \d/)).toBeVisible();
  await redeem(link.url);
  await page.reload();
  await expect(page.getByText('Link used')).toBeVisible();
  await expect(page.getByText(/^Opened .+ from (127\.0\.0\.1|::1)$/)).toBeVisible();
});
