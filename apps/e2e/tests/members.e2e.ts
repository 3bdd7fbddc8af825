import { choose, copyBy, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('an invited person joins in their own browser, once', async ({ account, openPage, page }) => {
  const email = `vera@${account.slug}.example`;
  await page.goto(`${account.path}/members`);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Invite a person' });
  await form.getByRole('button', { name: 'Invite' }).click();
  await expect(form.getByText('Enter your e-mail address.')).toBeVisible();
  await form.getByLabel('E-mail').fill(email);
  await form.getByRole('checkbox', { name: 'Viewer' }).check();
  await form.getByRole('button', { name: 'Invite' }).click();

  const done = page.getByRole('dialog', { name: 'Invitation ready' });
  const link = await copyBy(done, 'Copy link');
  await done.getByRole('button', { name: 'Close' }).last().click();
  await expect(rowOf(page, email)).toContainText('Invited');

  const theirs = await openPage(null);
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { name: 'Join Acme' })).toBeVisible();
  await expect(theirs.getByLabel('E-mail')).toHaveValue(email);
  await theirs.getByLabel('Your name').fill('Vera Viewer');
  await theirs.getByLabel('Password').fill('short');
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs.getByText('Use at least 8 characters.')).toBeVisible();
  await theirs.getByLabel('Password').fill('correct horse battery staple');
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();

  await page.reload();
  await expect(rowOf(page, 'Vera Viewer')).toContainText('Active');
  await expect(rowOf(page, 'Vera Viewer')).toContainText('Viewer');

  const latecomer = await openPage(null);
  await latecomer.goto(link);
  await expect(latecomer.getByText('This invitation is no longer available')).toBeVisible();
  await latecomer.getByRole('link', { name: 'Sign in' }).click();
  await expect(latecomer.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
});

test('an invitation can be taken back', async ({ account, openPage, page }) => {
  const email = `vera@${account.slug}.example`;
  const { invitation } = await account.owner.ask<{ invitation: { url: string } }>(
    'POST',
    `/v1/accounts/${account.slug}/members`,
    { email, roleIds: [] },
  );
  await page.goto(`${account.path}/members`);
  await choose(page, email, 'Take invitation back');
  const question = page.getByRole('alertdialog', { name: `Remove ${email}?` });
  await expect(question).toContainText('The link of the invitation stops working.');
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(rowOf(page, email)).toBeHidden();

  const theirs = await openPage(null);
  await theirs.goto(invitation.url);
  await expect(theirs.getByText('This invitation is no longer available')).toBeVisible();
});

test('a member is given other roles, which count at once, and is removed', async ({
  account,
  openPage,
  page,
}) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  await account.role('Auditor', ['audit.view']);
  const theirs = await openPage(vera.session);
  await theirs.goto(`${account.path}/keys`);
  const menu = theirs.getByRole('navigation', { name: 'Main' });
  await expect(menu.getByRole('link', { name: 'Overview' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Audit log' })).toBeHidden();

  await page.goto(`${account.path}/members`);
  await choose(page, 'Vera Viewer', 'Edit roles');
  const form = page.getByRole('dialog', { name: 'Roles of Vera Viewer' });
  await form.getByRole('checkbox', { name: 'Auditor' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(toastOf(page, 'Vera Viewer was saved')).toBeVisible();
  await expect(rowOf(page, 'Vera Viewer')).toContainText('Auditor');
  await theirs.reload();
  await expect(menu.getByRole('link', { name: 'Audit log' })).toBeVisible();

  await choose(page, 'Vera Viewer', 'Remove');
  const question = page.getByRole('alertdialog', { name: 'Remove Vera Viewer?' });
  await expect(question).toContainText('go on working.');
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(toastOf(page, 'Vera Viewer was removed')).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByText('There is nothing here')).toBeVisible();
});

test('the last owner can be neither removed nor made less', async ({ account, page }) => {
  await page.goto(`${account.path}/members`);
  await choose(page, 'owner', 'Remove');
  const question = page.getByRole('alertdialog', { name: 'Remove owner?' });
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(question.getByRole('alert')).toContainText(/owner/i);
  await question.getByRole('button', { name: 'Cancel' }).click();

  await choose(page, 'owner', 'Edit roles');
  const form = page.getByRole('dialog', { name: 'Roles of owner' });
  await form.getByRole('checkbox', { name: 'Owner' }).uncheck();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toContainText(/owner/i);
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'owner@example.com')).toContainText('Owner');
});
