import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium, expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

import { temporaryFolder } from '../src/folders.ts';
import { setUpUrl, startLatchkey } from '../src/latchkey.ts';
import { freePort } from '../src/ports.ts';
import { choose, rowOf } from '../src/screen.ts';
import { fillAccount } from './logistics.ts';

const folder = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url));
const host = 'http://keys.acme.example';
const owner = { email: 'olga@acme.example', password: 'correct horse battery staple' };

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

test('the pictures of the README', async ({ launchOptions, locale, timezoneId }) => {
  test.setTimeout(120_000);
  await using data = await temporaryFolder();
  const port = await freePort();
  await using latchkey = await startLatchkey(data.path, {
    PORT: String(port),
    PUBLIC_URL: host,
  });
  await using browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      `--host-resolver-rules=MAP keys.acme.example:80 127.0.0.1:${port}`,
      `--unsafely-treat-insecure-origin-as-secure=${host}`,
    ],
  });
  const visit = async (colorScheme: 'light' | 'dark' = 'light') =>
    browser.newContext({
      baseURL: host,
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
      ...(locale && { locale }),
      ...(timezoneId && { timezoneId }),
    });
  const page = await (await visit()).newPage();
  await page.goto(await setUpUrl(latchkey));
  await page.getByLabel('Account name').fill('Acme');
  await page.getByLabel('Your name').fill('Olga Owner');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('No API keys yet')).toBeVisible();
  const database = join(data.path, 'data/latchkey.db');
  const keys = await fillAccount({ url: latchkey.url, database }, 'acme', 'Acme', owner);

  await page.goto('/a/acme/keys');
  await expect(rowOf(page, 'Warehouse scanner')).toBeVisible();
  await take(page, 'keys');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'keys-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  await page.goto('/a/acme/overview');
  await expect(page.getByText('Look after these first')).toBeVisible();
  await take(page, 'overview');
  await page.goto(`/a/acme/keys/${keys.scanner.id}`);
  await expect(page.getByText('curl').first()).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 1000 });
  await take(page, 'key');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.goto('/a/acme/keys');
  await choose(page, 'Monthly report', 'Delete');
  await expect(page.getByText('Last 30 days')).toBeVisible();
  await take(page, 'delete');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Generate key' }).click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await form.getByLabel('Key identification').fill('Carrier Lisbon');
  await form.getByRole('checkbox', { name: 'Order reader' }).check();
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  const link = await page.getByLabel('Single-access link').inputValue();
  await take(page, 'generated');

  const reader = await (await visit()).newPage();
  await reader.setViewportSize({ width: 900, height: 640 });
  await reader.goto(link);
  await expect(reader.getByRole('button', { name: 'Reveal token' })).toBeVisible();
  await take(reader, 'link');

  const cookies = await page.context().cookies();
  const phone = await visit('dark');
  await phone.addCookies(cookies);
  const small = await phone.newPage();
  await small.setViewportSize({ width: 360, height: 740 });
  await small.goto('/a/acme/keys');
  await expect(rowOf(small, 'Warehouse scanner')).toBeAttached();
  await take(small, 'phone');
});
