import type { Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';

import { expectAccessible, expectToFit } from '../src/accessible.ts';
import type { Account } from '../src/account.ts';
import { temporaryFolder } from '../src/folders.ts';
import { furnish, longName } from '../src/furnished.ts';
import type { Furnished } from '../src/furnished.ts';
import { setUpUrl, startLatchkey } from '../src/latchkey.ts';
import { startReceiver } from '../src/receiver.ts';
import { choose, copyBy } from '../src/screen.ts';
import { endOnCall, ownerCredentials, signIn } from '../src/session.ts';
import { expect, test } from '../src/test.ts';

// Each looks at many things, in four ways.
test.describe.configure({ mode: 'parallel', timeout: 600_000 });

// The receiver of webhooks runs on this machine.
test.use({ variables: { LATCHKEY_PRIVATE_WEBHOOKS: 'on' } });

/** The pages of an account, each with what is there once all of it is. */
const pagesOf = ({ keys, role }: Furnished) =>
  [
    ['keys', longName],
    ['keys/external', 'Viewer'],
    ['keys/settings', '6'],
    [`keys/${keys.used.id}`, 'curl'],
    [`keys/${keys.renewing.id}`, 'curl'],
    ['overview', longName],
    ['roles', role.name],
    ['members', 'Vera Viewer'],
    ['audit', keys.unopened.key],
    ['profile', ownerCredentials.email],
  ] as const;

/** Opens a page of an account and waits until it is whole. */
async function openWhole(page: Page, account: Account, path: string, ready: string) {
  await page.goto(`${account.path}/${path}`);
  await expect(page.getByRole('main').getByText(ready).first()).toBeVisible();
}

/** Looks at what is asked now, and gives it up. */
async function lookAndLeave(asked: Locator, name: string): Promise<void> {
  await expect(asked).toBeVisible();
  await expectAccessible(asked.page(), name);
  await asked.page().keyboard.press('Escape');
  await expect(asked).toBeHidden();
}

test('axe finds nothing on the pages of an account', async ({
  account,
  latchkey,
  nextSlug,
  page,
}) => {
  const furnished = await furnish(latchkey, account, nextSlug());
  for (const [path, ready] of [...pagesOf(furnished), ['webhooks', 'New webhook'] as const]) {
    await openWhole(page, account, path, ready);
    await expectAccessible(page, path);
  }
});

test('axe finds nothing on the pages for whoever is not signed in', async ({
  account,
  latchkey,
  openPage,
}) => {
  const { link } = await account.key(longName);
  const { invitation } = await account.owner.ask<{ invitation: { url: string } }>(
    'POST',
    `/v1/accounts/${account.slug}/members`,
    { email: `vera@${account.slug}.example`, roleIds: [] },
  );
  const page = await openPage(null);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible();
  await expectAccessible(page, 'the sign-in page, with what is missing');

  await page.goto(invitation.url);
  await expect(page.getByRole('heading', { name: 'Join Acme' })).toBeVisible();
  await expectAccessible(page, 'an invitation');
  await page.goto(`${invitation.url}0`);
  await expect(page.getByText('This invitation is no longer available')).toBeVisible();
  await expectAccessible(page, 'an invitation that is gone');

  await page.goto(link.url);
  await expect(page.getByText(longName)).toBeVisible();
  await expectAccessible(page, 'the link page');
  await page.getByRole('button', { name: 'Reveal token' }).click();
  await expect(page.getByRole('button', { name: 'Copy token' })).toBeVisible();
  await expectAccessible(page, 'the link page, with the token');
  await page.goto(latchkey.url);
  await page.goto(link.url);
  await expect(page.getByText('This link is no longer available')).toBeVisible();
  await expectAccessible(page, 'a link that is gone');
});

test('axe finds nothing on the set-up page', async ({ openPage }) => {
  await using folder = await temporaryFolder();
  await using empty = await startLatchkey(folder.path);
  const page = await openPage(null);
  await page.goto(empty.url);
  await expect(page.getByText('Open the set-up URL')).toBeVisible();
  await expectAccessible(page, 'the set-up page, without its code');
  // In the same tab, where only what follows the # is new.
  await page.goto(await setUpUrl(empty));
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter the name of the account.')).toBeVisible();
  await expectAccessible(page, 'the set-up page, with what is missing');
});

test('axe finds nothing where there is nothing to see', async ({ account, openPage, page }) => {
  for (const path of ['keys', 'keys/external', 'overview', 'audit?action=key.deleted']) {
    await page.goto(`${account.path}/${path}`);
    await expect(page.getByRole('main').getByText(/^No /).first()).toBeVisible();
    await expectAccessible(page, `${path}, empty`);
  }
  await page.goto(`${account.path}/keys/00000000-0000-4000-8000-000000000000`);
  await expect(page.getByText('This key does not exist')).toBeVisible();
  await expectAccessible(page, 'a key that is gone');
  await page.goto('/nowhere');
  await expect(page.getByText('There is nothing here')).toBeVisible();
  await expectAccessible(page, 'no page');

  const nina = await account.member('Nina Nobody', []);
  const theirs = await openPage(nina.session);
  await theirs.goto(`${account.path}/keys`);
  await expect(theirs.getByText('You cannot see the keys of this account')).toBeVisible();
  await expectAccessible(theirs, 'keys that may not be seen');
  await theirs.goto(`${account.path}/audit`);
  await expect(theirs.getByText('You may not see this')).toBeVisible();
  await expectAccessible(theirs, 'a page that may not be seen');
});

test('axe finds nothing in the dialogs and menus of the keys', async ({
  account,
  latchkey,
  nextSlug,
  page,
}) => {
  await furnish(latchkey, account, nextSlug());
  await openWhole(page, account, 'keys', longName);
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const question = (name: string | RegExp) => page.getByRole('alertdialog', { name });

  const opener = page.getByRole('button', { name: 'Generate key' });
  await opener.click();
  const form = dialog('Generate API key');
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  await form.getByRole('checkbox', { name: 'Owner' }).check();
  await form.getByRole('radio', { name: 'Expires on a date' }).check();
  await lookAndLeave(form, 'generate, with what is missing');
  await opener.click();
  await form.getByLabel('Key identification').fill(longName);
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  const generated = dialog('API key generated');
  await expect(generated).toBeVisible();
  await expectAccessible(page, 'the link of a new key');
  await page.keyboard.press('Escape');
  await lookAndLeave(question('Close without copying the link?'), 'a link that was not copied');
  await copyBy(generated, 'Copy link');
  await page.keyboard.press('Escape');
  await expect(generated).toBeHidden();

  await page.getByRole('button', { name: 'Actions for Unopened' }).click();
  await lookAndLeave(page.getByRole('menu'), 'the menu of a key');
  await page.getByRole('combobox', { name: 'Role' }).click();
  await lookAndLeave(page.getByRole('listbox'), 'the filter by role');

  for (const [key, action, asked] of [
    ['Monthly report', 'Edit', dialog('Edit Monthly report')],
    ['Monthly report', 'Renew token', dialog('Renew the token of Monthly report')],
    ['Monthly report', 'Deactivate', question('Deactivate Monthly report?')],
    ['Monthly report', 'Delete', question('Delete Monthly report?')],
    ['Switched off', 'Activate', question('Activate Switched off?')],
    ['Unopened', 'Withdraw link', question('Withdraw the link of Unopened?')],
    ['Being renewed', 'Choose when the old token goes', dialog('Old token of Being renewed')],
    ['Being renewed', 'Delete old token', question('Delete the old token of Being renewed?')],
    ['Being renewed', 'Undo renewal', question('Undo the renewal of Being renewed?')],
  ] as const) {
    await choose(page, key, action);
    await lookAndLeave(asked, `${action}: ${key}`);
  }

  await choose(page, 'Monthly report', 'Renew token');
  await dialog('Renew the token of Monthly report')
    .getByRole('button', { name: 'Renew token' })
    .click();
  const renewed = dialog('New token ready');
  await renewed.getByRole('radio', { name: 'Automatically on…' }).check();
  await copyBy(renewed, 'Copy link');
  await lookAndLeave(renewed, 'the link of a new token');
});

test('axe finds nothing in the other dialogs and menus', async ({
  account,
  latchkey,
  nextSlug,
  page,
}) => {
  const { role } = await furnish(latchkey, account, nextSlug());
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const question = (name: string | RegExp) => page.getByRole('alertdialog', { name });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();

  await openWhole(page, account, 'keys/external', 'Viewer');
  await press('Add external key');
  await lookAndLeave(dialog('Add external key'), 'add an external key');
  const actions = page.getByRole('button', { name: /^Actions for/ });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Edit roles' }).click();
  await lookAndLeave(dialog(/^Roles of/), 'the roles of an external key');
  await actions.click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await lookAndLeave(question(/^Remove/), 'remove an external key');

  await openWhole(page, account, 'roles', role.name);
  await press('New role');
  await dialog('New role').getByRole('button', { name: 'Save' }).click();
  await lookAndLeave(dialog('New role'), 'a new role, with what is missing');
  await choose(page, role.name, 'Edit');
  await lookAndLeave(dialog(`Edit ${role.name}`), 'edit a role');
  await choose(page, role.name, 'Delete');
  await lookAndLeave(question(`Delete ${role.name}?`), 'delete a role');

  await openWhole(page, account, 'members', 'Vera Viewer');
  await choose(page, 'Vera Viewer', 'Edit roles');
  await lookAndLeave(dialog('Roles of Vera Viewer'), 'the roles of a member');
  await choose(page, 'Vera Viewer', 'Remove');
  await lookAndLeave(question('Remove Vera Viewer?'), 'remove a member');
  await press('Invite');
  await dialog('Invite a person').getByLabel('E-mail').fill(`new@${account.slug}.example`);
  await expectAccessible(page, 'invite a person');
  await dialog('Invite a person').getByRole('button', { name: 'Invite' }).click();
  await copyBy(dialog('Invitation ready'), 'Copy link');
  await lookAndLeave(dialog('Invitation ready'), 'the link of an invitation');

  await openWhole(page, account, 'profile', ownerCredentials.email);
  await press('Turn on');
  await lookAndLeave(dialog('Turn the second factor on'), 'turn the second factor on');
  await page.getByRole('button', { name: /^Account:/ }).click();
  await lookAndLeave(page.getByRole('menu'), 'the menu of the accounts');
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'New account…' }).click();
  await lookAndLeave(dialog('New account'), 'a new account');
});

test('axe finds nothing in the dialogs of the webhooks', async ({ account, page }) => {
  await using receiver = await startReceiver();
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  await openWhole(page, account, 'webhooks', 'No webhooks');
  await page.getByRole('button', { name: 'New webhook' }).click();
  const form = dialog('New webhook');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Enter the URL.')).toBeVisible();
  await expectAccessible(page, 'a new webhook, with what is missing');
  await form.getByLabel('URL').fill(receiver.url);
  await form.getByRole('checkbox', { name: 'Key deleted' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  const secret = dialog('Signing secret');
  await expect(secret.getByLabel('Secret', { exact: true })).toHaveValue(/^whsec_/);
  await expectAccessible(page, 'the secret of a webhook');
  await page.keyboard.press('Escape');
  await lookAndLeave(page.getByRole('alertdialog'), 'a secret that was not copied');
  await copyBy(secret, 'Copy secret');
  await page.keyboard.press('Escape');
  await expect(secret).toBeHidden();
  await expectAccessible(page, 'the webhooks');

  await page.getByRole('link', { name: receiver.host }).click();
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText('Delivered')).toBeVisible();
  await expectAccessible(page, 'a webhook and its deliveries');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await lookAndLeave(dialog(`Edit ${receiver.host}`), 'edit a webhook');
  await choose(page, receiver.host, 'Replace secret');
  await lookAndLeave(dialog('Replace secret'), 'replace the secret of a webhook');
  await choose(page, receiver.host, 'Delete');
  await lookAndLeave(
    page.getByRole('alertdialog', { name: `Delete ${receiver.host}?` }),
    'delete a webhook',
  );
});

test('axe finds nothing in the dialogs of a second factor and of the sessions', async ({
  account,
  latchkey,
  openPage,
}) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  await signIn(latchkey, { email: vera.email, password: vera.password });
  const page = await openPage(vera.session);
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  await openWhole(page, account, 'profile', vera.email);
  await page.getByRole('button', { name: 'End all others' }).click();
  await lookAndLeave(
    page.getByRole('alertdialog', { name: 'End all other sessions?' }),
    'end all other sessions',
  );
  await page
    .getByRole('button', { name: /^End the session of/ })
    .first()
    .click();
  await lookAndLeave(page.getByRole('alertdialog', { name: 'End this session?' }), 'end a session');

  await page.getByRole('button', { name: 'Turn on' }).click();
  const enrolment = dialog('Turn the second factor on');
  await enrolment.getByLabel('Your password').fill('a guess');
  await enrolment.getByRole('button', { name: 'Continue' }).click();
  await expect(enrolment.getByText('This password is wrong.')).toBeVisible();
  await expectAccessible(page, 'turn the second factor on, with a wrong password');
  await enrolment.getByLabel('Your password').fill(vera.password);
  await enrolment.getByRole('button', { name: 'Continue' }).click();
  await expect(enrolment.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expectAccessible(page, 'the code to scan');
  const secret = (await enrolment.getByRole('code').innerText()).replaceAll(' ', '');
  await enrolment.getByLabel('Code', { exact: true }).fill(new TOTP({ secret }).generate());
  await enrolment.getByRole('button', { name: 'Turn on' }).click();
  const codes = dialog('Recovery codes');
  await expect(codes.getByRole('listitem')).toHaveCount(10);
  await expectAccessible(page, 'recovery codes');
  await page.keyboard.press('Escape');
  await lookAndLeave(
    page.getByRole('alertdialog', { name: 'Close without keeping the codes?' }),
    'recovery codes that were not kept',
  );
  await copyBy(codes, 'Copy codes');
  await page.keyboard.press('Escape');
  await expect(codes).toBeHidden();
  await expectAccessible(page, 'the profile, with a second factor');
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await lookAndLeave(dialog(/recovery codes/i), 'new recovery codes');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await lookAndLeave(dialog('Turn the second factor off?'), 'turn the second factor off');

  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await page.getByLabel('E-mail').fill(vera.email);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
  await expectAccessible(page, 'the second step of signing in');
});

test('axe finds nothing where a session has ended', async ({ account, latchkey, openPage }) => {
  const session = await signIn(latchkey);
  const page = await openPage(session);
  await openWhole(page, account, 'roles', 'Viewer');
  await endOnCall(page, session, 'keys.list');
  await page.getByRole('link', { name: 'API keys' }).click();
  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(ended.getByText('Enter a password.')).toBeVisible();
  await expectAccessible(page, 'a session that ended, with what is missing');
});

for (const [language, locale] of [
  ['Portuguese', 'pt-BR'],
  ['Spanish', 'es-MX'],
] as const) {
  test(`nothing is wider than a phone in ${language}, by the longest names`, async ({
    account,
    latchkey,
    nextSlug,
    openPage,
    owner,
  }) => {
    const furnished = await furnish(latchkey, account, nextSlug());
    const page = await openPage(owner, { locale, viewport: { width: 360, height: 780 } });
    for (const [path, ready] of pagesOf(furnished)) {
      await openWhole(page, account, path, ready);
      await expectToFit(page, path);
    }
  });
}
