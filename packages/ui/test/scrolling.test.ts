import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { manyKeys } from '../src/fixtures/keys.ts';
import { chromiumOptions } from './chromium.ts';
import { report } from './report.ts';

const root = fileURLToPath(new URL('scrolling', import.meta.url));

let outDir: string;
let browser: Browser;
let page: Page;
let plain: Page;
let close: () => Promise<void>;

beforeAll(async () => {
  // Under a test runner Vite would take React's development build, which is several times slower.
  vi.stubEnv('NODE_ENV', 'production');
  outDir = await mkdtemp(join(tmpdir(), 'latchkey-scrolling-'));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir, emptyOutDir: true },
  });
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  close = () => server.close();
  browser = await chromium.launch(chromiumOptions);
  const address = server.resolvedUrls?.local[0] ?? '';
  const viewport = { width: 1200, height: 800 };
  plain = await browser.newPage({ viewport });
  await plain.goto(`${address}?plain`);
  await plain.getByRole('table').waitFor();
  page = await browser.newPage({ viewport });
  await page.goto(address);
  await page.getByRole('grid').waitFor();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await browser?.close();
  await close?.();
  await rm(outDir, { recursive: true, force: true });
});

/** What was seen while scrolling. */
interface Scrolled {
  /** How long each frame took, in milliseconds, sorted. */
  readonly times: readonly number[];
  /** The most rows that were in the document at once. */
  readonly mostRows: number;
}

/** Scrolls by a step each frame, to and fro where the end is near. */
async function scroll(on: Page, step: number, frames: number): Promise<Scrolled> {
  await on.bringToFront();
  return on.evaluate(
    ([by, count]) =>
      new Promise<Scrolled>((resolve) => {
        const box =
          document.querySelector('[data-scroller]') ??
          document.querySelector('[role=grid]')?.parentElement;
        const times: number[] = [];
        let mostRows = 0;
        let last = performance.now();
        let way = by;
        const frame = (now: number) => {
          times.push(now - last);
          mostRows = Math.max(mostRows, document.querySelectorAll('[data-grid-row]').length);
          last = now;
          if (!box || times.length > count) {
            resolve({ times: times.slice(1).toSorted((a, b) => a - b), mostRows });
            return;
          }
          const before = box.scrollTop;
          box.scrollBy(0, way);
          if (box.scrollTop === before) way = -way;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [step, frames] as const,
  );
}

/** The rows that can be seen, by where they stand in the table, from above to below; none where the table is blank. */
const rowsInView = (on: Page) =>
  on.evaluate(() => {
    const box = document.querySelector('[role=grid]')?.parentElement?.getBoundingClientRect();
    if (!box) return [];
    return [...document.querySelectorAll<HTMLElement>('[data-grid-row]')]
      .filter((row) => {
        const { bottom, top } = row.getBoundingClientRect();
        return bottom > box.top && top < box.bottom;
      })
      .map((row) => Number(row.dataset['gridRow']))
      .toSorted((a, b) => a - b);
  });

const figures = (times: readonly number[]) =>
  [0.5, 0.95, 1].map((part) =>
    (times[Math.min(Math.floor(times.length * part), times.length - 1)] ?? 0).toFixed(1),
  );

describe('a table of 100,000 keys', () => {
  /** What fills the table of 800 px, and as much again above and below. */
  const mostRows = 60;

  // The time of a frame is told beside that of a plain table of 100 rows, and not tested: the machine does other things too, and draws
  // without a graphics card. What a frame costs hangs on how many rows it draws.
  it.for([
    ['reading', 12],
    ['skimming', 120],
    ['racing', 4000],
  ] as const)(
    'draws no more rows than fill the screen, and leaves none blank, while %s (%i px a frame)',
    async ([, step]) => {
      const peer = await scroll(plain, step, 60);
      const large = await scroll(page, step, 120);
      const [half, most, worst] = figures(large.times);
      report(
        `${step} px a frame: median ${half} ms, 95 % ${most} ms, worst ${worst} ms` +
          ` (a plain table of 100 rows: ${figures(peer.times).join(', ')})`,
      );
      expect(large.mostRows).toBeLessThan(mostRows);
      await expect.poll(async () => (await rowsInView(page)).length).toBeGreaterThan(8);
      const seen = await rowsInView(page);
      expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? 0) + index));
    },
  );

  it('keeps the focus in a row that is scrolled out of view, and does not snap back to it', async () => {
    await page.bringToFront();
    await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo(0, 0));
    const box = page.getByRole('checkbox', { name: 'Select Orders Lisbon 1', exact: true });
    await box.focus();
    await scroll(page, 900, 40);
    const scrolled = await page
      .getByRole('grid')
      .evaluate((grid) => grid.parentElement?.scrollTop ?? 0);
    expect(scrolled).toBeGreaterThan(30_000);
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    // The keyboard goes on from there.
    await page.keyboard.press('ArrowDown');
    const next = page.getByRole('checkbox', { name: 'Select Stock Recife 2', exact: true });
    await expect
      .poll(() => next.evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(await next.isVisible()).toBe(true);
  });

  it('moves by what is in view with Page Down and Page Up, and hides no focus under the header', async () => {
    const focusedRow = () =>
      page.evaluate(() =>
        Number(document.activeElement?.closest<HTMLElement>('[data-grid-row]')?.dataset['gridRow']),
      );
    const first = page.getByRole('checkbox', { name: 'Select Orders Lisbon 1', exact: true });
    await page.keyboard.press('Control+Home');
    await expect.poll(() => first.evaluate((box) => box === document.activeElement)).toBe(true);
    for (const row of [11, 22, 33]) {
      await page.keyboard.press('PageDown');
      await expect.poll(focusedRow).toBe(row);
    }
    for (let row = 32; row >= 0; row -= 1) {
      await page.keyboard.press('ArrowUp');
      await expect.poll(focusedRow).toBe(row);
      const hidden = await page.evaluate(() => {
        const head = document.querySelector('[data-grid-header]')?.getBoundingClientRect();
        const held = document.activeElement?.closest('[role=row]')?.getBoundingClientRect();
        return !head || !held || held.top < head.bottom - 1;
      });
      expect(hidden, `row ${row} under the header`).toBe(false);
    }
  });

  it('sorts them all at a click', async () => {
    const [took, alone] = await page.evaluate(async () => {
      const { compare } = new Intl.Collator('en', { numeric: true });
      const names = Array.from({ length: 100_000 }, (_, row) => `Orders ${(row * 7919) % 100_000}`);
      const sortStart = performance.now();
      names.sort(compare);
      const sorted = performance.now() - sortStart;
      const button = [...document.querySelectorAll('button')].find(
        (one) => one.textContent === 'Key',
      );
      const start = performance.now();
      button?.click();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      return [performance.now() - start, sorted] as const;
    });
    report(`sorting took ${took.toFixed(0)} ms (its names alone: ${alone.toFixed(0)} ms)`);
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Key' }).getAttribute('aria-sort'))
      .toBe('ascending');
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    const [first] = manyKeys(100_000)
      .map(({ name }) => name)
      .toSorted(compare);
    await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo(0, 0));
    const top = page.locator('[data-grid-row="0"]');
    await top.getByRole('checkbox', { name: `Select ${first}`, exact: true }).waitFor();
  });
});
