import type { Page } from '@playwright/test';

import { rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

/** Weighs what the server sends of scripts and style sheets, compressed as it is, in bytes. */
function weigh(page: Page): () => Promise<{ bytes: number; files: string[] }> {
  const sizes: Promise<{ bytes: number; file: string }>[] = [];
  page.on('requestfinished', (request) => {
    if (!['script', 'stylesheet'].includes(request.resourceType())) return;
    const { pathname } = new URL(request.url());
    sizes.push(
      request.sizes().then(({ responseBodySize: bytes }) => ({
        bytes,
        file: `${pathname}: ${bytes}`,
      })),
    );
  });
  return async () => {
    const found = await Promise.all(sizes);
    return {
      bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
      files: found.map(({ file }) => file),
    };
  };
}

test('the keys page is less than 150 kB of scripts and styles when it is first opened', async ({
  account,
  page,
}) => {
  await account.key('Shop');
  const weight = weigh(page);
  await page.goto(`${account.path}/keys`, { waitUntil: 'load' });
  await expect(rowOf(page, 'Shop')).toBeVisible();
  // Whatever it fetches afterwards by itself counts as well.
  await page.waitForFunction(() => performance.now() > 3000);
  const { bytes, files } = await weight();
  process.stdout.write(`The keys page weighs ${bytes} bytes\n`);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes, files.join('\n')).toBeLessThan(150_000);
});

test('the link page is less than 60 kB', async ({ account, openPage }) => {
  const { link } = await account.key('Shop');
  const page = await openPage(null);
  const weight = weigh(page);
  await page.goto(link.url, { waitUntil: 'load' });
  await expect(page.getByRole('button', { name: 'Reveal token' })).toBeVisible();
  const { bytes, files } = await weight();
  process.stdout.write(`The link page weighs ${bytes} bytes\n`);
  expect(bytes).toBeGreaterThan(5000);
  expect(bytes, files.join('\n')).toBeLessThan(60_000);
});
