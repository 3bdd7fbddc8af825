import type { Page } from '@playwright/test';

import { accountOf } from '../src/account.ts';
import { withDatabase } from '../src/database.ts';
import { temporaryFolder } from '../src/folders.ts';
import { owner as ownerVariables, startLatchkey } from '../src/latchkey.ts';
import { choose, copyBy, rowOf } from '../src/screen.ts';
import { endOnCall, ownerCredentials, signIn } from '../src/session.ts';
import { expect, test } from '../src/test.ts';

/** Opens the form and writes a name into it. */
async function beginKey(page: Page, name: string) {
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await form.getByLabel('Key identification').fill(name);
  return form;
}

/** Generates a key, up to the dialog that shows its link, which is not copied. */
async function leaveUncopied(page: Page) {
  const form = await beginKey(page, 'Warehouse');
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  const done = page.getByRole('dialog', { name: 'API key generated' });
  const link = await done.getByLabel('Single-access link').inputValue();
  return { done, link, question: page.getByRole('alertdialog', { name: /without copying/ }) };
}

test('an API that is down is told, the form is kept, and all goes on when it is back', async ({
  openPage,
}) => {
  await using folder = await temporaryFolder();
  const first = await startLatchkey(folder.path, ownerVariables);
  const session = await signIn(first);
  const account = accountOf(first, session, 'acme', 'acme');
  await account.key('There already');
  const page = await openPage(session);
  await page.goto(`${first.url}${account.path}/keys`);
  const form = await beginKey(page, 'Warehouse');

  await first[Symbol.asyncDispose]();
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(form.getByRole('alert')).toContainText('Latchkey cannot be reached.');
  await expect(form.getByLabel('Key identification')).toHaveValue('Warehouse');
  const banner = page.getByText('No connection to Latchkey');
  await expect(banner).toBeVisible();

  await using again = await startLatchkey(folder.path, {
    ...ownerVariables,
    PORT: String(first.port),
  });
  expect(again.url).toBe(first.url);
  await expect(banner).toBeHidden();
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  const done = page.getByRole('dialog', { name: 'API key generated' });
  await copyBy(done, 'Copy link');
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await expect(rowOf(page, 'There already')).toBeVisible();
});

test('a browser that is offline says so, keeps what it shows, and looks anew when it is back', async ({
  account,
  page,
}) => {
  await account.key('Warehouse');
  await page.goto(`${account.path}/keys`);
  await expect(rowOf(page, 'Warehouse')).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('ware');
  const banner = page.getByText('No connection to Latchkey');
  await expect(banner).toBeVisible();
  await expect(page.getByText('What you see may be out of date.')).toBeVisible();

  await account.key('Warehouse, second');
  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await expect(rowOf(page, 'Warehouse, second')).toBeVisible();
});

test('a fault of the API’s own is told, and can be tried again', async ({
  account,
  latchkey,
  page,
}) => {
  await account.key('There already');
  await page.goto(`${account.path}/keys`);
  const form = await beginKey(page, 'Warehouse');
  withDatabase(latchkey.database, (file) => file.exec('alter table api_key rename to gone'));
  try {
    await form.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(form.getByRole('alert')).toContainText('Something went wrong on our side.');
    await expect(form.getByLabel('Key identification')).toHaveValue('Warehouse');

    await page.goto(`${account.path}/keys?search=ware`);
    const failed = page.getByRole('alert').filter({ hasText: 'The keys could not be loaded' });
    await expect(failed).toContainText('Something went wrong on our side.');
  } finally {
    withDatabase(latchkey.database, (file) => file.exec('alter table gone rename to api_key'));
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No key matches')).toBeVisible();
});

test('who edits what somebody else has changed meanwhile is told, and overwrites nothing', async ({
  account,
  page,
}) => {
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Edit');
  const form = page.getByRole('dialog', { name: 'Edit Warehouse' });
  await form.getByLabel('Key identification').fill('My name for it');
  await account.owner.ask('PATCH', `/v1/accounts/${account.slug}/keys/${key.id}`, {
    name: 'Their name for it',
  });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toContainText('Somebody else changed this meanwhile.');
  await expect(form.getByLabel('Key identification')).toHaveValue('My name for it');
  expect((await account.readKey(key)).name).toBe('Their name for it');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'Their name for it')).toBeVisible();
});

test('a renewal that somebody else began meanwhile is refused with the reason', async ({
  account,
  page,
}) => {
  const { key } = await account.deliveredKey('Warehouse');
  await page.goto(`${account.path}/keys`);
  await choose(page, 'Warehouse', 'Renew token');
  const form = page.getByRole('dialog', { name: 'Renew the token of Warehouse' });
  await account.renew(key);
  await form.getByRole('button', { name: 'Renew token' }).click();
  await expect(form.getByRole('alert')).toContainText(/link/i);
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'Warehouse')).toContainText('Pending deletion');
});

test('a session that ends asks to sign in, and goes on with the form as it was', async ({
  account,
  latchkey,
  openPage,
}) => {
  const session = await signIn(latchkey);
  const page = await openPage(session);
  await page.goto(`${account.path}/keys`);
  const form = await beginKey(page, 'Warehouse');
  await endOnCall(page, session, 'keys.generate');
  await form.getByRole('button', { name: 'Generate', exact: true }).click();

  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(again.getByLabel('E-mail')).toHaveValue(ownerCredentials.email);
  await expect(again.getByLabel('Password')).toBeFocused();
  await again.getByLabel('Password').fill(ownerCredentials.password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(again).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'API key generated' })).toContainText('Warehouse');
});

test('who will not sign in again is led to the sign-in page, and back from there', async ({
  account,
  latchkey,
  openPage,
}) => {
  const session = await signIn(latchkey);
  const page = await openPage(session);
  await page.goto(`${account.path}/roles`);
  await expect(rowOf(page, 'Viewer')).toBeVisible();
  await endOnCall(page, session, 'keys.list');
  await page.getByRole('link', { name: 'API keys' }).click();
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  await page.getByLabel('E-mail').fill(ownerCredentials.email);
  await page.getByLabel('Password').fill(ownerCredentials.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
});

test.describe('a link that was not copied', () => {
  test('is not lost to a stray click, nor to Escape without a question', async ({
    account,
    page,
  }) => {
    await page.goto(`${account.path}/keys`);
    const { done, link, question } = await leaveUncopied(page);
    await page.mouse.click(4, 4);
    await expect(question).toBeHidden();
    await expect(done.getByLabel('Single-access link')).toHaveValue(link);

    await page.keyboard.press('Escape');
    await expect(question.getByRole('button', { name: 'Go back' })).toBeFocused();
    await question.getByRole('button', { name: 'Go back' }).click();
    await expect(done.getByLabel('Single-access link')).toHaveValue(link);
  });

  test('keeps the page before it is left by the back button', async ({ account, page }) => {
    await page.goto(`${account.path}/roles`);
    await page.getByRole('link', { name: 'API keys' }).click();
    const { done, link, question } = await leaveUncopied(page);
    await page.goBack();
    await question.getByRole('button', { name: 'Go back' }).click();
    await expect(done.getByLabel('Single-access link')).toHaveValue(link);
    await expect(page).toHaveURL(`${account.path}/keys`);

    await page.goBack();
    await question.getByRole('button', { name: 'Close without copying' }).click();
    await expect(page.getByRole('heading', { name: 'Roles' })).toBeVisible();
  });

  test('has the browser ask before the tab is closed, until it is copied', async ({
    account,
    page,
  }) => {
    await page.goto(`${account.path}/keys`);
    const { done } = await leaveUncopied(page);
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();

    await copyBy(done, 'Copy link');
    const closed = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    await closed;
  });
});
