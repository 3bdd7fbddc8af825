import { join } from 'node:path';

import type { Page } from '@playwright/test';
import { TOTP } from 'otpauth';

import { expectAccessible } from '../src/accessible.ts';
import type { Account } from '../src/account.ts';
import { addAuthenticator } from '../src/authenticator.ts';
import { temporaryFolder } from '../src/folders.ts';
import { startIdentityProvider } from '../src/identity-provider.ts';
import type { IdentityProvider } from '../src/identity-provider.ts';
import { owner, startLatchkey } from '../src/latchkey.ts';
import { freePort } from '../src/ports.ts';
import { copyBy } from '../src/screen.ts';
import { keepScreenshots } from '../src/screenshots.ts';
import { expect, test as base } from '../src/test.ts';

/** The tests' own Latchkey, which signs people in by a provider too. */
const test = base.extend<object, { idp: IdentityProvider; port: number }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  port: [async ({}, provide) => provide(await freePort()), { scope: 'worker' }],
  idp: [
    async ({ port }, provide) => {
      const redirectUri = `http://localhost:${port}/sign-in/openid-connect`;
      await using idp = await startIdentityProvider(redirectUri);
      await provide(idp);
    },
    { scope: 'worker' },
  ],
  latchkey: [
    async ({ idp, port }, provide) => {
      await using folder = await temporaryFolder();
      await using latchkey = await startLatchkey(folder.path, {
        ...owner,
        ...idp.variables,
        PORT: String(port),
      });
      await provide({ ...latchkey, database: join(folder.path, 'data/latchkey.db') });
    },
    { scope: 'worker' },
  ],
});

// What a person sees on the way is looked at in four ways.
test.describe.configure({ timeout: 400_000 });

const signInTitle = 'Sign in to Latchkey';

/** Answers the provider's own page. */
async function signInAtProvider(page: Page, email: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Acme ID' })).toBeVisible();
  await page.getByLabel('Work address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('who has a password connects the provider once, and comes back to the page asked for', async ({
  account,
  openPage,
}) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Owner')]);
  const page = await openPage(null);
  await page.goto(`${account.path}/roles`);
  await expect(page.getByRole('heading', { name: signInTitle })).toBeVisible();
  await keepScreenshots(page, 'openid-sign-in');
  await expectAccessible(page, 'the sign-in page, with a provider');
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(page, vera.email);

  await expect(page.getByRole('alert')).toContainText('Enter your password once');
  await keepScreenshots(page, 'openid-connect');
  await expectAccessible(page, 'the sign-in page, to connect a provider');
  await page.getByLabel('E-mail').fill(vera.email);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Roles' })).toBeVisible();
  await expect(page).toHaveURL(`${account.path}/roles`);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: signInTitle })).toBeVisible();
  await page.goto(`${account.path}/keys?search=erp`);
  // The provider remembers its own session.
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  await expect(page).toHaveURL(`${account.path}/keys?search=erp`);
});

test('an invitation is accepted by signing in at the provider', async ({ account, openPage }) => {
  const email = `vera@${account.slug}.example`;
  const { invitation } = await account.owner.ask<{ invitation: { url: string } }>(
    'POST',
    `/v1/accounts/${account.slug}/members`,
    { email, roleIds: [(await account.predefinedRole('Viewer')).id] },
  );
  const page = await openPage(null);
  await page.goto(invitation.url);
  await page.getByRole('button', { name: 'Join with Acme ID' }).click();
  await signInAtProvider(page, `eve@${account.slug}.example`);
  await expect(page.getByRole('alert')).toContainText('for another e-mail address');
  await keepScreenshots(page, 'openid-invitation');
  await expectAccessible(page, 'an invitation for another address');

  const theirs = await openPage(null);
  await theirs.goto(invitation.url);
  await theirs.getByRole('button', { name: 'Join with Acme ID' }).click();
  await signInAtProvider(theirs, email);
  await expect(theirs.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  await theirs.goto(`${account.path}/profile`);
  await expect(theirs.getByText('You have no password here')).toBeVisible();
});

test('who turns back at the provider is told so, in their language', async ({
  account,
  openPage,
}) => {
  const page = await openPage(null, { locale: 'pt-BR' });
  await page.goto(`${account.path}/members`);
  await page.getByRole('button', { name: 'Entrar com Acme ID' }).click();
  await page.getByRole('button', { name: 'Turn back' }).click();
  await expect(page.getByRole('alert')).toContainText('Acme ID não deixou você entrar');
  expect(new URL(page.url()).searchParams.get('return')).toBe(`${account.path}/members`);
  await keepScreenshots(page, 'openid-denied');
  await expectAccessible(page, 'the sign-in page, turned back by the provider');
});

test('whom nobody knows here is told to ask for an invitation', async ({ openPage }) => {
  const page = await openPage(null);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(page, 'stranger@nowhere.example');
  await expect(page.getByRole('alert')).toContainText('You have no account here');
  await keepScreenshots(page, 'openid-unknown');
  await expectAccessible(page, 'the sign-in page, for a stranger');
});

test('a provider that is down is told of, and asked again', async ({ account, idp, openPage }) => {
  const page = await openPage(null);
  await page.goto('/sign-in');
  await idp.close();
  try {
    await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
    await expect(page.getByRole('alert')).toContainText('Acme ID cannot be reached');
    await keepScreenshots(page, 'openid-down');
    await expectAccessible(page, 'the sign-in page, with the provider down');
  } finally {
    await idp.reopen();
  }
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(page, `nobody@${account.slug}.example`);
  await expect(page.getByRole('alert')).toContainText('You have no account here');
});

test('a second factor is asked for here, too', async ({ account, openPage }) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const ask = vera.session.ask;
  const path = '/v1/profile/second-factor';
  const { enrolment, key } = await ask<{ enrolment: string; key: string }>(
    'POST',
    `${path}/enrolment`,
    { password: vera.password },
  );
  const totp = new TOTP({ secret: key });
  const { recoveryCodes } = await ask<{ recoveryCodes: [string, string] }>('POST', path, {
    enrolment,
    code: totp.generate(),
  });
  const page = await openPage(null);
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(page, vera.email);
  await page.getByLabel('E-mail').fill(vera.email);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(recoveryCodes[0]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();

  const again = await openPage(null);
  await again.goto(`${account.path}/keys?status=active`);
  await again.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(again, vera.email);
  await expect(again.getByLabel('Code')).toBeFocused();
  await keepScreenshots(again, 'openid-code');
  await expectAccessible(again, 'the second factor after the provider');
  await again.getByLabel('Code').fill('00000-00000');
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(again.getByText('This code is wrong')).toBeVisible();
  await again.getByLabel('Code').fill(recoveryCodes[1]);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(again.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  expect(new URL(again.url()).search).toBe('?status=active');
});

test('a passkey is asked for first where there is no app, and a recovery code on request', async ({
  account,
  openPage,
}) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const page = await openPage(vera.session);
  const device = await addAuthenticator(page);
  const title = page.getByRole('heading', { name: 'API keys', exact: true });
  const signOut = async () => {
    // The sign-in page offers passkeys at once, and the device would take that up.
    await device.person('away');
    await page.getByRole('button', { name: 'Sign out' }).last().click();
    await expect(page.getByRole('heading', { name: signInTitle })).toBeVisible();
  };
  await page.goto(`${account.path}/profile`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  // One is suggested.
  await expect(page.getByRole('dialog').getByLabel('Name')).not.toHaveValue('');
  await page.getByLabel('Your password').fill(vera.password);
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: 'Recovery codes' });
  const codes = shown.getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const [code = ''] = await codes.allTextContents();
  await copyBy(shown, 'Copy codes');
  await page.getByRole('button', { name: 'Close' }).last().click();

  await signOut();
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await signInAtProvider(page, vera.email);
  await page.getByLabel('E-mail').fill(vera.email);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Use your passkey' })).toBeFocused();
  await device.person('verified');
  await page.keyboard.press('Enter');
  await expect(title).toBeVisible();

  await signOut();
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await expect(page.getByText('Acme ID knows you.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use your passkey' })).toBeFocused();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await keepScreenshots(page, 'openid-passkey');
  await expectAccessible(page, 'a passkey after the provider');
  await device.person('refusing');
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('was cancelled');
  await device.person('verified');
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(title).toBeVisible();

  await signOut();
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await expect(page.getByLabel('Recovery code')).toBeFocused();
  await keepScreenshots(page, 'openid-recovery');
  await page.getByLabel('Recovery code').fill(code);
  await page.keyboard.press('Enter');
  await expect(title).toBeVisible();
});

/** Joins by an invitation and the provider, which leaves somebody without a password. */
async function joinByProvider(
  account: Account,
  page: Page,
  role: 'Owner' | 'Viewer',
): Promise<void> {
  const email = `vera@${account.slug}.example`;
  const { invitation } = await account.owner.ask<{ invitation: { url: string } }>(
    'POST',
    `/v1/accounts/${account.slug}/members`,
    { email, roleIds: [(await account.predefinedRole(role)).id] },
  );
  await page.goto(invitation.url);
  await page.getByRole('button', { name: 'Join with Acme ID' }).click();
  await signInAtProvider(page, email);
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
}

/** The part of the profile that tells of the provider. */
const providerCard = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'Identity provider' }) });

test('the provider is disconnected with the password, and connects again with it', async ({
  account,
  openPage,
}) => {
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const page = await openPage(vera.session);
  const disconnect = providerCard(page).getByRole('button', { name: 'Disconnect' });
  await page.goto(`${account.path}/profile`);
  await expect(providerCard(page)).toContainText('Not connected.');
  await expect(disconnect).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out' }).last().click();

  const connect = async () => {
    await page.goto(`/sign-in?return=${account.path}/profile`);
    await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  };
  const typePassword = async () => {
    await page.getByLabel('E-mail').fill(vera.email);
    await page.getByLabel('Password').fill(vera.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(providerCard(page)).toContainText('You sign in with Acme ID.');
  };
  await connect();
  await signInAtProvider(page, vera.email);
  await typePassword();
  await keepScreenshots(page, 'openid-profile');
  await disconnect.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Disconnect Acme ID?' });
  await expect(asked).toContainText('From then on you sign in with your password');
  await keepScreenshots(page, 'openid-disconnect');
  await expectAccessible(page, 'disconnecting the provider');
  await asked.getByLabel('Your password').fill('a guess');
  await page.keyboard.press('Enter');
  await expect(asked.getByText('This password is wrong.')).toBeVisible();
  await asked.getByLabel('Your password').fill(vera.password);
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(providerCard(page)).toContainText('Not connected.');
  await keepScreenshots(page, 'openid-disconnected');

  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await expect(page.getByRole('heading', { name: signInTitle })).toBeVisible();
  await connect();
  await expect(page.getByRole('alert')).toContainText('Enter your password once');
  await typePassword();
});

test('the provider is not disconnected by whom nothing else lets in', async ({
  account,
  openPage,
}) => {
  const page = await openPage(null);
  await addAuthenticator(page);
  await joinByProvider(account, page, 'Viewer');
  await page.goto(`${account.path}/profile`);
  const card = providerCard(page);
  await expect(card).toContainText('add a passkey first');
  await expect(card.getByRole('button')).toHaveCount(0);
  await keepScreenshots(page, 'openid-only-way-in');
  await expectAccessible(page, 'a provider that is the only way in');

  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue(/Chrom\w+ on Linux/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await copyBy(page.getByRole('dialog', { name: 'Recovery codes' }), 'Copy codes');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await card.getByRole('button', { name: 'Disconnect' }).click();
  const asked = page.getByRole('dialog', { name: 'Disconnect Acme ID?' });
  await expect(asked).toContainText('From then on you sign in with a passkey');
  await asked.getByRole('button', { name: 'Disconnect' }).click();
  await expect(card).toContainText('Not connected.');
  await expect(
    page.getByText('You have no password here: you sign in with a passkey.'),
  ).toBeVisible();
});

test('a session that ended goes on by the provider in another window, the form kept', async ({
  account,
  openPage,
}) => {
  const page = await openPage(null);
  await joinByProvider(account, page, 'Owner');
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await form.getByLabel('Key identification').fill('Order import');
  // Not before the request is on its way: the page would notice by itself, and ask before the form is sent.
  await page.route(
    '**/trpc/keys.generate',
    async (route) => {
      await page.context().clearCookies({ name: 'latchkey.session_token' });
      await route.continue();
    },
    { times: 1 },
  );
  await form.getByRole('button', { name: 'Generate', exact: true }).click();

  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(ended.getByRole('button', { name: 'Sign in with Acme ID' })).toBeVisible();
  await keepScreenshots(page, 'openid-again');
  await expectAccessible(page, 'a session that ended, with a provider');
  const opening = page.context().waitForEvent('page');
  await ended.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  const other = await opening;
  await expect(other.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await keepScreenshots(other, 'openid-signed-in');
  await expectAccessible(other, 'the window that a provider came back to');
  await expect(ended).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'API key generated' })).toContainText(
    'Order import',
  );
});
