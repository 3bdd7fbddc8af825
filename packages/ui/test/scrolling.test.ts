import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

/**
 * Scrolls by a step each frame, to and fro where the end is near, and answers how long each frame took,
 * in milliseconds, sorted.
 */
async function scroll(on: Page, step: number, frames: number): Promise<number[]> {
  await on.bringToFront();
  return on.evaluate(
    ([by, count]) =>
      new Promise<number[]>((resolve) => {
        const box =
          document.querySelector('[data-scroller]') ??
          document.querySelector('[role=grid]')?.parentElement;
        const times: number[] = [];
        let last = performance.now();
        let way = by;
        const frame = (now: number) => {
          times.push(now - last);
          last = now;
          if (!box || times.length > count) {
            resolve(times.slice(1).toSorted((a, b) => a - b));
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

const at = (times: readonly number[], part: number) => times[Math.floor(times.length * part)] ?? 0;

describe('a table of 100,000 keys', () => {
  // A frame at 60 Hz. Times are held against those of a plain table of 100 rows, measured just before
  // and just after: the machine may do other things too, and draws without a graphics card.
  const frame = 1000 / 60;

  // What else the machine does can come in just the frames of the large table: a stutter of its own comes again.
  it.for([
    ['reading', 12, { half: 1, most: 2 }],
    ['skimming', 120, { half: 1, most: 4 }],
    ['racing', 4000, { half: 10, most: 36 }],
  ] as const)(
    'scrolls without a stutter while %s (%i px a frame)',
    { retry: 3 },
    async ([, step, later]) => {
      const before = await scroll(plain, step, 60);
      const times = await scroll(page, step, 120);
      const after = await scroll(plain, step, 60);
      const best = [...before, ...after].toSorted((a, b) => a - b);
      const [half, most, worst] = [at(times, 0.5), at(times, 0.95), times.at(-1) ?? 0];
      report(
        `${step} px a frame: median ${half.toFixed(1)} ms, 95 % ${most.toFixed(1)} ms, worst ${worst.toFixed(1)} ms` +
          ` (a plain table of 100 rows: ${at(best, 0.5).toFixed(1)}, ${at(best, 0.95).toFixed(1)}, ${(best.at(-1) ?? 0).toFixed(1)})`,
      );
      expect(half).toBeLessThan(at(best, 0.5) + later.half * frame);
      expect(most).toBeLessThan(at(best, 0.95) + later.most * frame);
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

  it('sorts hardly slower than the browser sorts as many names', { retry: 3 }, async () => {
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
    await page.getByRole('columnheader', { name: 'Key' }).waitFor();
    expect(took).toBeLessThan(3 * alone);
  });
});
