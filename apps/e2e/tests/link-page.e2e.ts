import type { Page } from '@playwright/test';

import { redeem, verify } from '../src/account.ts';
import { withDatabase } from '../src/database.ts';
import { copyBy } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

/** All that a page told others of itself: what it wrote to the console, what it asked for, what it keeps. */
function overhear(page: Page) {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  page.on('request', (request) => heard.push(request.url()));
  return async () => {
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    return [...heard, kept, page.url(), await page.title()].join('\n');
  };
}

test('is kept, indexed and passed on by nobody', async ({ account, openPage }) => {
  const { link } = await account.key('Warehouse');
  const page = await openPage(null);
  const answer = await page.goto(link.url);
  expect(answer?.status()).toBe(200);
  const headers = await answer?.allHeaders();
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers?.['x-robots-tag']).toContain('noindex');
  const policy = headers?.['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
});

test('says whose credential it is and where, and hands it over at a press', async ({
  account,
  latchkey,
  openPage,
}) => {
  const { key, link } = await account.key('Warehouse');
  const page = await openPage(null);
  const told = overhear(page);
  await page.goto(link.url);
  const main = page.getByRole('main');
  await expect(main.getByText('Warehouse')).toBeVisible();
  await expect(main.getByText('Acme')).toBeVisible();
  await expect(main.getByText(new URL(latchkey.url).host)).toBeVisible();
  await expect(main.getByText('Check that you know this address.')).toBeVisible();
  expect((await account.readKey(key)).link, 'looking used nothing up').toMatchObject({
    state: 'open',
  });

  await main.getByRole('button', { name: 'Reveal token' }).click();
  const field = main.getByLabel('API token');
  await expect(field).toHaveValue(/^lk_[0-9A-Za-z]{49}$/);
  const token = await field.inputValue();
  expect(await copyBy(main, 'Copy token')).toBe(token);
  await expect(field, 'hidden after copying').toHaveValue(/^•+$/);
  await main.getByRole('button', { name: 'Show token' }).click();
  await expect(field).toHaveValue(token);
  await expect(main.getByLabel('API key')).toHaveValue(key.key);
  expect(await told(), 'the token is nowhere else').not.toContain(token);
});

test('a link that is gone looks like one that never was, however it went', async ({
  account,
  latchkey,
  openPage,
}) => {
  const redeemed = await account.key('Warehouse');
  await redeem(redeemed.link.url);
  const withdrawn = await account.key('Warehouse');
  await account.owner.ask('DELETE', `/v1/accounts/${account.slug}/keys/${withdrawn.key.id}/link`);
  const deleted = await account.key('Warehouse');
  await account.owner.ask('DELETE', `/v1/accounts/${account.slug}/keys/${deleted.key.id}`);
  const expired = await account.key('Warehouse');
  withDatabase(latchkey.database, (database) =>
    database
      .prepare('update link set expires_at = ? where key_id = ?')
      .run(Date.now() - 1, expired.key.id),
  );
  const never = { link: { url: `${latchkey.url}/credentials/${'0'.repeat(43)}` } };

  const page = await openPage(null);
  const seen = new Set<string>();
  for (const { link } of [redeemed, withdrawn, deleted, expired, never]) {
    const answer = await page.goto(link.url);
    expect(answer?.status()).toBe(410);
    expect(answer?.headers()['cache-control']).toBe('no-store');
    await expect(
      page.getByRole('heading', { name: 'This link is no longer available' }),
    ).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    seen.add(await page.locator('body').innerText());
  }
  expect([...seen], 'told apart by nobody').toHaveLength(1);
});

test('a link outlives that its key is switched off', async ({ account, latchkey, openPage }) => {
  const { key, link } = await account.key('Warehouse');
  await account.owner.ask('POST', `/v1/accounts/${account.slug}/keys/${key.id}/deactivate`);
  const page = await openPage(null);
  await page.goto(link.url);
  await page.getByRole('button', { name: 'Reveal token' }).click();
  const field = page.getByLabel('API token');
  await expect(field).toHaveValue(/^lk_/);
  const token = await field.inputValue();
  expect(await verify(latchkey, { key: key.key, token })).toBe('INACTIVE');
});

test('who presses second is told that it is gone', async ({ account, openPage }) => {
  const { link } = await account.key('Warehouse');
  const page = await openPage(null);
  await page.goto(link.url);
  await expect(page.getByRole('button', { name: 'Reveal token' })).toBeVisible();
  await redeem(link.url);
  await page.getByRole('button', { name: 'Reveal token' }).click();
  await expect(
    page.getByRole('heading', { name: 'This link is no longer available' }),
  ).toBeVisible();
});

for (const [locale, title, reveal, gone] of [
  ['pt-BR', 'Você recebeu um token de API', 'Revelar token', 'Este link não está mais disponível'],
  ['es-MX', 'Has recibido un token de API', 'Revelar token', 'Este enlace ya no está disponible'],
  ['fr-FR', 'You were given an API token', 'Reveal token', 'This link is no longer available'],
] as const) {
  test(`speaks the language of a reader from ${locale}`, async ({ account, openPage }) => {
    const { link } = await account.key('Warehouse');
    const page = await openPage(null, { locale });
    await page.goto(link.url);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page).toHaveTitle(title);
    await expect(page.locator('html')).toHaveAttribute(
      'lang',
      locale === 'fr-FR' ? 'en' : locale.slice(0, 2),
    );
    await page.getByRole('button', { name: reveal }).click();
    await expect(page.getByLabel(/token/i).first()).toHaveValue(/^lk_/);
    await page.reload();
    await expect(page.getByRole('heading', { name: gone })).toBeVisible();
  });
}

test('fits a phone, with the button in sight', async ({ account, openPage }) => {
  const { link } = await account.key(
    'Integration of the warehouse in São José dos Campos, third floor',
  );
  const page = await openPage(null, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await page.goto(link.url);
  const reveal = page.getByRole('button', { name: 'Reveal token' });
  await expect(reveal).toBeInViewport({ ratio: 1 });
  await reveal.tap();
  await expect(page.getByLabel('API token')).toHaveValue(/^lk_/);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
