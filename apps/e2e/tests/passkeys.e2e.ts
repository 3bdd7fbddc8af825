import type { Page } from '@playwright/test';
import { TOTP } from 'otpauth';

import { expectAccessible } from '../src/accessible.ts';
import type { Account, Member } from '../src/account.ts';
import { addAuthenticator } from '../src/authenticator.ts';
import type { Authenticator } from '../src/authenticator.ts';
import { longName } from '../src/furnished.ts';
import { copyBy, toastOf } from '../src/screen.ts';
import { keepScreenshots } from '../src/screenshots.ts';
import type { Session } from '../src/session.ts';
import { expect, test } from '../src/test.ts';

// Axe looks at much of it, in four ways.
test.describe.configure({ mode: 'parallel', timeout: 400_000 });

const cancelled = 'The request for a passkey was cancelled or took too long. Try again.';

const profileOf = ({ path }: Account) => `${path}/profile`;
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const cardOf = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys', exact: true }) });
const listed = (page: Page) => cardOf(page).getByRole('listitem');
const byPasskey = (page: Page) => page.getByRole('button', { name: 'Use a passkey' });
const signInTitle = (page: Page) => page.getByRole('heading', { name: 'Sign in to Latchkey' });

async function join(account: Account, name = 'Vera Viewer'): Promise<Member> {
  return account.member(name, [await account.predefinedRole('Owner')]);
}

/** Asks for one more passkey, by keyboard alone, and leaves the rest to the browser. */
async function askForPasskey(page: Page, name: string, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a passkey' }).press('Enter');
  const asked = dialog(page, 'Add a passkey');
  await asked.getByLabel('Name').fill(name);
  await asked.getByLabel('Your password').fill(password);
  await page.keyboard.press('Enter');
}

/** Copies the recovery codes, and closes what shows them. */
async function keepCodes(page: Page): Promise<string[]> {
  const shown = dialog(page, 'Recovery codes');
  await expect(shown.getByRole('listitem')).toHaveCount(10);
  const codes = await shown.getByRole('listitem').allTextContents();
  await copyBy(shown, 'Copy codes');
  await shown.getByRole('button', { name: 'Close' }).last().click();
  await expect(shown).toBeHidden();
  return codes;
}

/** Somebody at their profile, who has one passkey, called `Work laptop`. */
async function enrol(account: Account, openPage: (session: Session) => Promise<Page>) {
  const vera = await join(account);
  const page = await openPage(vera.session);
  const device = await addAuthenticator(page);
  await page.goto(profileOf(account));
  await askForPasskey(page, 'Work laptop', vera.password);
  const codes = await keepCodes(page);
  await expect(listed(page)).toHaveCount(1);
  return { codes, device, page, vera };
}

/** Signs out, and stays so: the browser of tests would give in to what the page offers at once. */
async function signOut(page: Page, device: Authenticator): Promise<void> {
  await device.person('away');
  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await expect(signInTitle(page)).toBeVisible();
}

async function typePassword(page: Page, { email, password }: Member): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a passkey is added with the password, and again after the browser’s dialog was cancelled', async ({
  account,
  openPage,
}) => {
  const vera = await join(account);
  const page = await openPage(null);
  await page.goto(`/sign-in?return=${profileOf(account)}`);
  await typePassword(page, vera);
  const device = await addAuthenticator(page);
  await expect(page.getByText('You have no passkey yet.')).toBeVisible();
  await keepScreenshots(page, 'passkeys-none');

  await page.getByRole('button', { name: 'Add a passkey' }).press('Enter');
  const asked = dialog(page, 'Add a passkey');
  await expect(asked.getByLabel('Name')).toHaveValue(/Chrom\w+ on Linux/);
  await asked.getByLabel('Name').fill(' ');
  await asked.getByLabel('Your password').fill('a guess');
  await page.keyboard.press('Enter');
  await expect(asked.getByLabel('Name')).toHaveAccessibleDescription(/required/i);
  await asked.getByLabel('Name').fill('Work laptop');
  await page.keyboard.press('Enter');
  await expect(asked.getByText('This password is wrong.')).toBeVisible();
  await asked.getByLabel('Your password').fill(vera.password);
  await device.person('refusing');
  await page.keyboard.press('Enter');
  await expect(asked.getByRole('alert')).toHaveText(cancelled);
  await keepScreenshots(page, 'passkeys-cancelled');
  await expectAccessible(page, 'adding a passkey, cancelled in the browser');
  expect(await device.count()).toBe(0);

  await device.person('verified');
  await asked.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect(dialog(page, 'Recovery codes')).toBeVisible();
  await keepScreenshots(page, 'passkeys-codes');
  await expectAccessible(page, 'the recovery codes that come with the first passkey');
  await keepCodes(page);
  expect(await device.count()).toBe(1);
  await expect(listed(page)).toContainText('Work laptop');
  await expect(listed(page)).toContainText('Never used');

  // Where a passkey is already, the browser makes no other.
  await askForPasskey(page, 'Again', vera.password);
  await expect(asked.getByRole('alert')).toHaveText('This device has a passkey for you already.');
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeFocused();

  await device.remove();
  await addAuthenticator(page);
  await askForPasskey(page, 'Phone', vera.password);
  await expect(toastOf(page, 'The passkey was added')).toBeVisible();
  await expect(dialog(page, 'Recovery codes')).toBeHidden();
  await expect(listed(page)).toHaveCount(2);
});

test('a passkey signs in alone, when it is asked for and where the browser suggests it', async ({
  account,
  openPage,
}) => {
  const { device, page } = await enrol(account, openPage);

  await signOut(page, device);
  await keepScreenshots(page, 'passkeys-sign-in');
  await expectAccessible(page, 'the sign-in page, with passkeys');
  // What the page offers meanwhile does not take the place of what is asked for.
  const challenges: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('session.challenge')) challenges.push(request.url());
  });
  await device.person('verified');
  await byPasskey(page).press('Enter');
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  expect(challenges).toHaveLength(1);

  await signOut(page, device);
  await device.person('refusing');
  await byPasskey(page).click();
  await expect(page.getByRole('alert')).toHaveText(cancelled);
  await keepScreenshots(page, 'passkeys-sign-in-cancelled');
  await device.person('verified');
  await byPasskey(page).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  await page.goto(profileOf(account));
  await expect(listed(page)).toContainText('Last used');

  // Its person is there, and chooses the first suggestion at the field.
  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
});

test('a passkey that was removed here signs nobody in', async ({ account, openPage }) => {
  const { device, page, vera } = await enrol(account, openPage);

  await cardOf(page).getByRole('button', { name: 'Remove Work laptop' }).press('Enter');
  const asked = dialog(page, 'Remove this passkey?');
  await expect(asked).toContainText('Your password alone will be enough');
  await keepScreenshots(page, 'passkeys-remove');
  await expectAccessible(page, 'removing the last passkey');
  await asked.getByLabel('Your password').fill(vera.password);
  await page.keyboard.press('Enter');
  await expect(toastOf(page, 'The passkey was removed')).toBeVisible();
  await expect(page.getByText('You have no passkey yet.')).toBeVisible();

  // The browser of tests takes what is suggested after the refusal, too: once, and never again.
  await signOut(page, device);
  let refused = 0;
  page.on('response', (response) => {
    if (response.url().includes('session.signInByPasskey') && response.status() === 401)
      refused += 1;
  });
  await device.person('verified');
  await byPasskey(page).click();
  await expect.poll(() => refused).toBe(2);
  await expect(page.getByRole('alert')).toHaveText(/This passkey is not known here/);
  await device.person('away');
  await typePassword(page, vera);
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  expect(refused).toBe(2);
});

test('passkeys are renamed, and told apart by long names', async ({ account, openPage }) => {
  const { device, page, vera } = await enrol(account, openPage);
  await cardOf(page).getByRole('button', { name: 'Rename Work laptop' }).press('Enter');
  const asked = dialog(page, 'Rename this passkey');
  await expect(asked.getByLabel('Name')).toHaveValue('Work laptop');
  await asked.getByLabel('Name').fill('');
  await page.keyboard.press('Enter');
  await expect(asked.getByLabel('Name')).toHaveAccessibleDescription(/required/i);
  await keepScreenshots(page, 'passkeys-rename');
  await expectAccessible(page, 'renaming a passkey, with what is missing');
  await asked.getByLabel('Name').fill(longName);
  await page.keyboard.press('Enter');
  await expect(toastOf(page, 'The passkey was renamed')).toBeVisible();
  await expect(listed(page)).toContainText(longName);

  await device.remove();
  await addAuthenticator(page);
  await askForPasskey(page, 'Phone', vera.password);
  await expect(listed(page)).toHaveCount(2);
  await cardOf(page).scrollIntoViewIfNeeded();
  await keepScreenshots(page, 'passkeys-several');
  await expectAccessible(page, 'a profile with passkeys');
});

test('a passkey is asked for after the password, and a recovery code is enough', async ({
  account,
  openPage,
}) => {
  const { codes, device, page, vera } = await enrol(account, openPage);
  const [code = '', second = ''] = codes;

  await signOut(page, device);
  await typePassword(page, vera);
  const use = page.getByRole('button', { name: 'Use your passkey' });
  await expect(use).toBeFocused();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await keepScreenshots(page, 'passkeys-second-step');
  await expectAccessible(page, 'the second step, by passkey');
  await device.person('refusing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(cancelled);
  await device.person('verified');
  await use.press('Enter');
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();

  // Who has lost it asks for the code.
  const other = await openPage(null);
  await other.goto(`/sign-in?return=${profileOf(account)}`);
  await typePassword(other, vera);
  // It takes the focus once it is drawn.
  await expect(other.getByRole('button', { name: 'Use your passkey' })).toBeFocused();
  await other.getByRole('button', { name: 'Use a recovery code' }).press('Enter');
  await expect(other.getByLabel('Recovery code')).toBeFocused();
  await keepScreenshots(other, 'passkeys-second-step-recovery');
  await expectAccessible(other, 'the second step, by recovery code');
  await other.getByLabel('Recovery code').fill(second);
  await other.keyboard.press('Enter');
  await expect(other.getByText('Recovery codes left: 9.')).toBeVisible();

  // In a browser that knows nothing of passkeys.
  const old = await openPage(null, { locale: 'pt-BR' });
  await old.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
  await old.goto(`/sign-in?return=${profileOf(account)}`);
  await old.getByLabel('E-mail').fill(vera.email);
  await old.getByLabel('Senha').fill(vera.password);
  await expect(old.getByRole('button', { name: 'Usar uma chave de acesso' })).toBeHidden();
  await old.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(old.getByLabel('Código de recuperação')).toBeFocused();
  await keepScreenshots(old, 'passkeys-second-step-unsupported');
  await old.getByLabel('Código de recuperação').fill(code);
  await old.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(old.getByText('Este navegador não cria chaves de acesso.')).toBeVisible();
  await keepScreenshots(old, 'passkeys-unsupported');
});

test('who has an authenticator app too is asked for its code first', async ({
  account,
  openPage,
}) => {
  const { device, page, vera } = await enrol(account, openPage);
  await page.getByRole('button', { name: 'Turn on' }).press('Enter');
  const turningOn = dialog(page, 'Turn the second factor on');
  await turningOn.getByLabel('Your password').fill(vera.password);
  await page.keyboard.press('Enter');
  const secret = (await turningOn.getByRole('code').innerText()).replaceAll(' ', '');
  await turningOn.getByLabel('Code', { exact: true }).fill(new TOTP({ secret }).generate());
  await page.keyboard.press('Enter');
  await expect(toastOf(page, 'The authenticator app was turned on')).toBeVisible();

  await signOut(page, device);
  await typePassword(page, vera);
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
  await keepScreenshots(page, 'passkeys-second-step-app');
  await expectAccessible(page, 'the second step, by app or passkey');
  await device.person('verified');
  await page.getByRole('button', { name: 'Use your passkey' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
});

test('an invitation is accepted with the password and a passkey', async ({
  account,
  nextSlug,
  openPage,
  owner,
}) => {
  const { device, page, vera } = await enrol(account, openPage);
  const slug = nextSlug();
  await owner.ask('POST', '/v1/accounts', { slug, name: 'Other' });
  const { invitation } = await owner.ask<{ invitation: { url: string } }>(
    'POST',
    `/v1/accounts/${slug}/members`,
    { email: vera.email, roleIds: [] },
  );
  await signOut(page, device);
  await page.goto(invitation.url);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Use your passkey' })).toBeFocused();
  await keepScreenshots(page, 'passkeys-invitation');
  await device.person('verified');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/a/${slug}/`));
});
