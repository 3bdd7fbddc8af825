import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { decodeQR } from 'qr/decode.js';

import { temporaryFolder } from '../src/folders.ts';
import { owner, startLatchkey } from '../src/latchkey.ts';
import type { Latchkey } from '../src/latchkey.ts';
import { copyBy } from '../src/screen.ts';
import { keepScreenshots } from '../src/screenshots.ts';

const email = owner.LATCHKEY_OWNER_EMAIL;
const newPassword = 'an entirely different password';

test.describe.serial('a person’s own profile', () => {
  const resources = new AsyncDisposableStack();
  const complaints: string[] = [];
  let latchkey: Latchkey;
  let page: Page;
  let password: string = owner.LATCHKEY_OWNER_PASSWORD;
  let totpKey: string;
  let usedStep = 0;
  let recoveryCodes: string[];

  test.beforeAll(async ({ browser }) => {
    const folder = resources.use(await temporaryFolder());
    latchkey = resources.use(await startLatchkey(folder.path, owner));
    page = await newPage(await browser.newContext());
  });

  test.afterAll(() => resources.disposeAsync());

  /** A page that remembers what the browser complains about. */
  async function newPage(context: BrowserContext): Promise<Page> {
    resources.defer(() => context.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const opened = await context.newPage();
    opened.on('pageerror', (error) => complaints.push(error.message));
    opened.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    return opened;
  }

  async function typePassword(on: Page): Promise<void> {
    await on.goto(`${latchkey.url}/sign-in?return=/a/acme/profile`);
    await on.getByLabel('E-mail').fill(email);
    await on.getByLabel('Password').fill(password);
    await on.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  const heading = (on: Page) => on.getByRole('heading', { name: 'Profile', level: 1 });
  const toast = (text: string) =>
    page.getByRole('region', { name: /Notifications/ }).getByText(text);

  /** The code of a time step that was not used yet: the present one, or the next, which is taken as well. */
  function freshCode(): string {
    const totp = new TOTP({ secret: totpKey });
    usedStep = Math.max(usedStep + 1, totp.counter());
    return totp.generate({ timestamp: usedStep * 30_000 });
  }

  test('signing in leads to the page that was asked for, and shows every section', async () => {
    await typePassword(page);
    await expect(heading(page)).toBeVisible();
    for (const section of ['You', 'Password', 'Second factor', 'Sessions', 'Mail']) {
      await expect(page.getByRole('heading', { name: section, exact: true })).toBeVisible();
    }
    await keepScreenshots(page, 'profile');
  });

  test('who is signed in already is not asked again', async () => {
    await page.goto(`${latchkey.url}/sign-in?return=/a/acme/profile`);
    await expect(heading(page)).toBeVisible();
  });

  test('a new name shows everywhere at once', async () => {
    const card = page.locator('section', { has: page.getByRole('heading', { name: 'You' }) });
    await card.getByLabel('Name', { exact: true }).fill('Olga Owner');
    await card.getByRole('button', { name: 'Save' }).click();
    await expect(toast('Your name was changed')).toBeVisible();
    await expect(page.getByRole('link', { name: /Olga Owner/ })).toBeVisible();
  });

  test('the password is changed with the current one, which ends the other sessions', async ({
    browser,
  }) => {
    const elsewhere = await newPage(await browser.newContext());
    await typePassword(elsewhere);
    await expect(heading(elsewhere)).toBeVisible();

    await page.getByLabel('Current password').fill('a guess');
    await page.getByLabel('New password').fill(newPassword);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('This is not your current password.')).toBeVisible();

    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(toast('Your password was changed')).toBeVisible();
    await expect(page.getByLabel('Current password')).toHaveValue('');
    password = newPassword;

    await page.reload();
    await expect(heading(page)).toBeVisible();
    await elsewhere.reload();
    await expect(elsewhere.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  });

  test('sessions are listed by their browser, and ended one by one or all at once', async ({
    browser,
  }) => {
    const others = [];
    for (let opened = 0; opened < 3; opened += 1) {
      const other = await newPage(await browser.newContext());
      await typePassword(other);
      await expect(heading(other)).toBeVisible();
      others.push(other);
    }
    await page.reload();
    const list = page.getByRole('listitem').filter({ hasText: /Chrom\w+ on Linux/ });
    await expect(list).toHaveCount(4);
    await expect(list.filter({ hasText: 'This session' })).toHaveCount(1);
    await keepScreenshots(page, 'profile-sessions');

    await list
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .click();
    const one = page.getByRole('alertdialog', { name: 'End this session?' });
    await expect(one.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await one.getByRole('button', { name: 'End', exact: true }).click();
    await expect(list).toHaveCount(3);

    await page.getByRole('button', { name: 'End all others' }).click();
    const all = page.getByRole('alertdialog', { name: 'End all other sessions?' });
    await all.getByRole('button', { name: 'End all others' }).click();
    await expect(list).toHaveCount(1);
    for (const other of others) {
      await other.reload();
      await expect(other.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
    }
  });

  test('a second factor is turned on with an authenticator app', async () => {
    await page.getByRole('button', { name: 'Turn on' }).click();
    const dialog = page.getByRole('dialog', { name: 'Turn the second factor on' });
    await dialog.getByLabel('Your password').fill('a guess');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(dialog.getByText('This password is wrong.')).toBeVisible();
    await dialog.getByLabel('Your password').fill(password);
    await dialog.getByRole('button', { name: 'Continue' }).click();

    await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
    totpKey = (await dialog.getByRole('code').innerText()).replaceAll(' ', '');
    expect(await scan(page)).toContain(`secret=${totpKey}`);
    await keepScreenshots(page, 'second-factor-scan');
    await dialog.getByLabel('Code', { exact: true }).fill('000000');
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await expect(dialog.getByText('This is not the code that the app shows now.')).toBeVisible();
    await dialog.getByLabel('Code', { exact: true }).fill(freshCode());
    await dialog.getByRole('button', { name: 'Turn on' }).click();

    const done = page.getByRole('dialog', { name: 'Recovery codes' });
    await expect(done.getByRole('listitem')).toHaveCount(10);
    recoveryCodes = await done.getByRole('listitem').allTextContents();
    await keepScreenshots(page, 'second-factor-codes');
    await done.getByRole('button', { name: 'Close' }).last().click();
    const guard = page.getByRole('alertdialog', { name: 'Close without keeping the codes?' });
    await guard.getByRole('button', { name: 'Go back' }).click();

    const downloading = page.waitForEvent('download');
    await done.getByRole('button', { name: 'Download' }).click();
    const file = await (await downloading).path();
    expect((await readFile(file, 'utf8')).trim().split('\n')).toEqual(recoveryCodes);
    const copied = await copyBy(done, 'Copy codes');
    expect(copied.trim().split('\n')).toEqual(recoveryCodes);
    await done.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByText('Recovery codes left: 10.')).toBeVisible();
    await keepScreenshots(page, 'profile-second-factor');
  });

  test('signing in asks for the code as a second step', async ({ browser }) => {
    const elsewhere = await newPage(await browser.newContext());
    await typePassword(elsewhere);
    await expect(elsewhere.getByLabel('Code', { exact: true })).toBeFocused();
    await keepScreenshots(elsewhere, 'sign-in-code');
    await elsewhere.getByLabel('Code', { exact: true }).fill('000000');
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(elsewhere.getByText('This code is wrong, or was used before.')).toBeVisible();
    await elsewhere.getByRole('button', { name: 'Back' }).click();
    await expect(elsewhere.getByLabel('E-mail')).toHaveValue(email);
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await elsewhere.getByLabel('Code', { exact: true }).fill(freshCode());
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(heading(elsewhere)).toBeVisible();
  });

  test('a recovery code signs in once', async ({ browser }) => {
    const [code = ''] = recoveryCodes;
    const first = await newPage(await browser.newContext());
    await typePassword(first);
    await first.getByLabel('Code', { exact: true }).fill(code);
    await first.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(first.getByText('Recovery codes left: 9.')).toBeVisible();
    const second = await newPage(await browser.newContext());
    await typePassword(second);
    await second.getByLabel('Code', { exact: true }).fill(code);
    await second.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(second.getByText('This code is wrong, or was used before.')).toBeVisible();
  });

  test('the second factor is turned off with the password', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Turn off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Turn the second factor off?' });
    await dialog.getByLabel('Your password').fill(password);
    await keepScreenshots(page, 'second-factor-off');
    await dialog.getByRole('button', { name: 'Turn off' }).click();
    await expect(page.getByRole('button', { name: 'Turn on' })).toBeVisible();
  });

  test('a sign-out that does not reach the server says so, and one that does leads out', async () => {
    const out = page.getByRole('button', { name: 'Sign out' }).last();
    await page.route('**/trpc/session.signOut', (route) => route.abort());
    await out.click();
    await expect(toast('You are still signed in')).toBeVisible();
    await page.unroute('**/trpc/session.signOut');
    await out.click();
    await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  });

  test('nothing secret was written to the console, and the browser had nothing to complain about', () => {
    for (const secret of [totpKey, password, ...recoveryCodes]) {
      expect(latchkey.process.output).not.toContain(secret);
    }
    expect(complaints).toEqual([]);
  });
});

/** Reads the QR code that is drawn, as a camera would. */
async function scan(page: Page): Promise<string> {
  const image = await page.getByRole('img', { name: /QR code/ }).evaluate(async (drawn) => {
    const size = 320;
    const copy = drawn.cloneNode(true) as Element;
    copy.setAttribute('width', String(size));
    copy.setAttribute('height', String(size));
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(size, size).getContext('2d');
    if (!canvas) throw new Error('There is no canvas.');
    canvas.drawImage(picture, 0, 0);
    return { width: size, height: size, data: [...canvas.getImageData(0, 0, size, size).data] };
  });
  return decodeQR({ ...image, data: Uint8Array.from(image.data) });
}
